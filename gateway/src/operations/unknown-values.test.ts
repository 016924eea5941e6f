import { buildSchema, getOperationAST, getVariableValues, parse, validate } from 'graphql';
import { readableVariables } from './readable-variables.ts';
import { takeStandIn } from './stand-in.ts';
import { withStandIns } from './unknown-values.ts';

const schema = buildSchema(`
  scalar Date
  enum Kind { ONE TWO }
  input Part { kind: Kind! count: Int! }
  input AddInput {
    name: String! count: Int share: Float isUrgent: Boolean id: ID born: Date! kind: Kind kinds: [Kind!]
    parts: [Part!] part: Part tags: [String!]
  }
  type Mutation { add(input: AddInput!): Added other(input: AddInput!, note: String): Added }
  type Added { list(first: Int, kind: Kind): Int }
  type Query { list(kind: Kind): Int }
`);
takeStandIn(schema);

const add = 'mutation ($input: AddInput!) { add(input: $input) { __typename } }';
const operationOf = (text: string) => {
  const operation = getOperationAST(parse(text));
  if (!operation) throw new Error('no operation');
  return operation;
};
const read = (input: object) => readableVariables(schema, operationOf(add), { input });
const told = ({ faults }: ReturnType<typeof read>) =>
  Object.fromEntries(
    Object.entries(faults).map(([key, issues]) => [key, issues.map(({ path, code }) => `${path} ${code}`)]),
  );

describe('a value that an enum of the graph does not have', () => {
  it.each<[string, object, object]>([
    ['in a field', { kind: 'THREE' }, { kind: '_unknown' }],
    ['of another kind', { kind: 3 }, { kind: '_unknown' }],
    ['in a list', { kinds: ['ONE', 'THREE'] }, { kinds: ['ONE', '_unknown'] }],
    ['alone, where a list is asked', { kinds: 'THREE' }, { kinds: '_unknown' }],
    [
      'in an input of a list',
      { parts: [{ kind: 'X', count: 1 }] },
      { parts: [{ kind: '_unknown', count: 1 }] },
    ],
  ])('is replaced %s, and its service tells it', (_where, given, expected) => {
    const found = read({ name: 'a', born: '', ...given });
    expect(found.variables.input).toEqual({ name: 'a', born: '', ...expected });
    expect(found.faults).toEqual({});
  });

  it('is taken afterwards, and no other one is', () => {
    const definitions = operationOf(add).variableDefinitions ?? [];
    const errorsOf = (variables: Record<string, unknown>) =>
      getVariableValues(schema, definitions, variables).errors;
    const input = { name: 'a', born: 'x', kind: 'THREE' };
    expect(errorsOf({ input })).toHaveLength(1);
    expect(errorsOf(read(input).variables)).toBeUndefined();
  });
});

describe('variables that their types cannot read', () => {
  const wrong = {
    ...{
      name: 7,
      count: 'seven',
      share: '0.5',
      isUrgent: 'yes',
      id: { no: 'id' },
      kinds: [1],
      tags: ['a', 2],
    },
    ...{ parts: [{ kind: 'ONE', count: 1.5 }, 'x', { count: null }], part: 3, nothing: 'x' },
  };

  it('are all told at once, with the paths of the caller', () => {
    expect(told(read(wrong))).toEqual({
      add: [
        ...['nothing UNKNOWN_FIELD', 'name UNREADABLE', 'count UNREADABLE', 'share UNREADABLE'],
        ...['isUrgent UNREADABLE', 'id INVALID_ID', 'born MISSING', 'parts.0.count UNREADABLE'],
        ...['parts.1 UNREADABLE', 'parts.2.kind MISSING', 'parts.2.count MISSING', 'part UNREADABLE'],
        'tags.1 UNREADABLE',
      ],
    });
  });

  it('are replaced by what the library takes', () => {
    const definitions = operationOf(add).variableDefinitions ?? [];
    expect(getVariableValues(schema, definitions, read(wrong).variables).errors).toBeUndefined();
  });

  it('are told at each place where a variable is used', () => {
    const text = `mutation ($n: Int, $name: String!) {
      one: add(input: { name: $name, born: "x", parts: [{ kind: ONE, count: $n }] }) { __typename }
      two: other(input: { name: "b", born: "x", count: $n }, note: $name) { __typename }
    }`;
    expect(told(readableVariables(schema, operationOf(text), { n: 'x', name: 5 }))).toEqual({
      one: ['parts.0.count UNREADABLE', 'name UNREADABLE'],
      two: ['count UNREADABLE', 'note UNREADABLE'],
    });
  });

  it.each([
    ['as a whole', add, { input: 5 }],
    [
      'below the mutation',
      'mutation ($n: Int) { add(input: { name: "a", born: "" }) { list(first: $n) } }',
      { n: 'x' },
    ],
  ])('are left to the library %s', (_where, text, variables) => {
    expect(readableVariables(schema, operationOf(text), variables)).toEqual({ variables, faults: {} });
  });

  it('make no endless answer', () => {
    const { faults } = read({ name: 'a', born: '', tags: Array.from({ length: 5_000 }, () => 1) });
    expect(faults.add).toHaveLength(100);
  });
});

describe('a literal that its type cannot read', () => {
  it('is replaced by a variable in the text of a mutation, and told', () => {
    const text = withStandIns(
      'mutation { add(input: { name: 5, born: "x", count: "x", kind: THREE, kinds: [ONE, "TWO"] }) { __typename } }',
      schema,
      100,
    );
    expect(text).toContain('kind: $_unknown_Kind, kinds: [ONE, $_unknown_Kind]');
    expect(validate(schema, parse(text ?? ''))).toEqual([]);
    expect(told(readableVariables(schema, operationOf(text ?? ''), {}))).toEqual({
      add: ['name UNREADABLE', 'count UNREADABLE'],
    });
  });

  it('is replaced in each mutation of a document with several operations', () => {
    const text = withStandIns(
      `mutation A { add(input: { name: "a", born: "x", kind: THREE }) { __typename } }
      mutation B { add(input: { name: "b", born: "x", count: "x" }) { __typename } } query C { list }`,
      schema,
      100,
    );
    expect(text).toContain('mutation A($_unknown_Kind: Kind!)');
    expect(text).toContain('mutation B($_unknown_Int: Int!)');
    expect(validate(schema, parse(text ?? ''))).toEqual([]);
  });

  it.each([
    '{ list(kind: THREE) }',
    'mutation { add(input: { name: "THREE", born: "x" }) { list(first: "x") } }',
  ])('is not looked for in %s', (text) => {
    expect(withStandIns(text, schema, 100)).toBeNull();
  });
});
