import { graphql, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { act } from './act.ts';
import { buildSchema } from './build-schema.ts';
import { invalidInput, type InputIssue } from './problems.ts';

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  directive @public(reason: String!) on OBJECT | INTERFACE | FIELD_DEFINITION
  directive @text(max: Int!) on INPUT_FIELD_DEFINITION
  directive @list(max: Int!) on INPUT_FIELD_DEFINITION
  directive @range(min: Float, max: Float) on INPUT_FIELD_DEFINITION
  scalar DateTime
  scalar Date
  scalar Email
  scalar Phone
  scalar LanguageCode
  scalar Cursor
  interface Problem @public(reason: "test") { message: String! }
  type InputIssue @public(reason: "test") { path: String! code: String! message: String! }
  type InvalidInput implements Problem @public(reason: "test") { message: String! issues: [InputIssue!]! }
  enum Kind { ONE TWO }
  input Part { kind: Kind! at: DateTime }
  input AddInput { name: String! kind: Kind! kinds: [Kind!] born: Date parts: [Part!] }
  type Thing @public(reason: "test") { name: String }
  union AddResult = Thing | InvalidInput
  type Mutation @public(reason: "test") { add(input: AddInput!): AddResult! old(input: AddInput!): String }
  type Query @public(reason: "test") { list(after: Cursor, kinds: [Kind!], since: DateTime): String }
`;

const command = ({ inputFaults = [] }: { inputFaults?: readonly InputIssue[] }, input: { name: string }) =>
  Promise.resolve(inputFaults.length > 0 ? invalidInput([...inputFaults]) : { name: input.name });

const schema: GraphQLSchema = buildSchema(sdl, [
  { Mutation: { add: act(command), old: () => 'changed' }, Query: { list: () => 'a list' } },
]);

const ask = (source: string, variableValues: Record<string, unknown> = {}): Promise<ExecutionResult> =>
  graphql({ schema, source, variableValues, contextValue: { viewer: {} } });

const fields = '{ ... on InvalidInput { issues { path code } } ... on Thing { name } }';
const faultsOf = ({ data, errors }: ExecutionResult) => {
  expect(errors).toBeUndefined();
  return (data as { add: { issues?: InputIssue[] } }).add.issues?.map(({ path, code }) => `${path} ${code}`);
};
const faults = [
  'name MISSING',
  'kind UNKNOWN_VALUE',
  'kinds.1 UNKNOWN_VALUE',
  'born UNREADABLE',
  'parts.1.kind UNKNOWN_VALUE',
  'parts.1.at UNREADABLE',
];

describe('a value that its type cannot read', () => {
  it('is a fault of the input, with all others and the path that the caller wrote', async () => {
    const input = {
      name: ' ',
      kind: 'THREE',
      kinds: ['ONE', 3],
      born: '2036-02-30',
      parts: [{ kind: 'ONE' }, { kind: {}, at: 'soon' }],
    };
    const answer = await ask(`mutation ($input: AddInput!) { add(input: $input) ${fields} }`, { input });
    expect(faultsOf(answer)).toEqual(faults);
  });

  it('is one, too, in the text of the operation', async () => {
    const answer = await ask(`mutation { add(input: {
      name: " ", kind: THREE, kinds: [ONE, "x"], born: "2036-02-30", parts: [{ kind: ONE }, { kind: 1, at: "soon" }]
    }) ${fields} }`);
    expect(faultsOf(answer)).toEqual(faults);
  });

  it.each([
    [
      'a variable',
      '($after: Cursor, $kinds: [Kind!], $since: DateTime) { list(after: $after, kinds: $kinds, since: $since) }',
    ],
    ['the text', '{ list(after: 7, kinds: [ONE, THREE], since: "soon") }'],
  ])('refuses a query that has it in %s, with all faults', async (_where, text) => {
    const variables = { after: 7, kinds: ['ONE', 'THREE'], since: 'soon' };
    const { data, errors } = await ask(`query ${text}`, variables);
    expect(data).toEqual({ list: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(errors?.[0]?.message).toMatch(/^after: .+ kinds\.1: .+ since: /);
  });

  it.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])('refuses a query for %s', async (since) => {
    const { data, errors } = await ask(`{ list(since: "${since}") }`);
    expect(data).toEqual({ list: null });
    expect(errors?.[0]?.message).toBe('since: Must be between 1850-01-01 and 2200-12-31.');
  });

  it('never reaches a mutation that could not tell it', async () => {
    const { data, errors } = await ask('mutation { old(input: { name: "a", kind: THREE }) }');
    expect(data).toEqual({ old: null });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });
});

describe('a fault that the gateway found in the variables', () => {
  const askWith = (source: string): Promise<ExecutionResult> =>
    graphql({
      schema,
      source,
      contextValue: {
        viewer: {},
        toldFaults: { mine: [{ path: 'name', code: 'UNREADABLE', message: 'This is not a text.' }] },
      },
    });

  it('is told with all others, and in place of what is wrong with its stand-in', async () => {
    const { data } = await askWith(`mutation {
      mine: add(input: { name: " ", kind: THREE }) ${fields} other: add(input: { name: " ", kind: ONE }) ${fields}
    }`);
    expect(data).toEqual({
      mine: {
        issues: [
          { path: 'name', code: 'UNREADABLE' },
          { path: 'kind', code: 'UNKNOWN_VALUE' },
        ],
      },
      other: { issues: [{ path: 'name', code: 'MISSING' }] },
    });
  });

  it('never reaches a mutation that could not tell it', async () => {
    const { data, errors } = await askWith('mutation { mine: old(input: { name: "a", kind: ONE }) }');
    expect(data).toEqual({ mine: null });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });
});
