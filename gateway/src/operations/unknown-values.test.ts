import { buildSchema, getOperationAST, getVariableValues, parse, validate } from 'graphql';
import { takeStandIn, variablesWithStandIns, withStandIns } from './unknown-values.ts';

const schema = buildSchema(`
  enum Kind { ONE TWO }
  input Part { kind: Kind! }
  input AddInput { name: String! kind: Kind kinds: [Kind!] parts: [Part!] }
  type Mutation { add(input: AddInput!): Int }
  type Query { list(kind: Kind): Int }
`);
takeStandIn(schema);

const add = 'mutation ($input: AddInput!) { add(input: $input) }';
const replaced = (input: object) => {
  const operation = getOperationAST(parse(add));
  if (!operation) throw new Error('no operation');
  return variablesWithStandIns(schema, operation, { input });
};

describe('a value that an enum of the graph does not have', () => {
  it.each<[string, object, object]>([
    ['in a field', { kind: 'THREE' }, { kind: '_unknown' }],
    ['of another kind', { kind: 3 }, { kind: '_unknown' }],
    ['in a list', { kinds: ['ONE', 'THREE'] }, { kinds: ['ONE', '_unknown'] }],
    ['alone, where a list is asked', { kinds: 'THREE' }, { kinds: '_unknown' }],
    ['in an input of a list', { parts: [{ kind: 'X' }] }, { parts: [{ kind: '_unknown' }] }],
    ['next to what the graph does not know', { kind: 'X', other: 'X' }, { kind: '_unknown', other: 'X' }],
  ])('is replaced %s', (_where, given, expected) => {
    expect(replaced(given)).toEqual({ input: expected });
  });

  it('is taken afterwards, and no other one is', () => {
    const definitions = getOperationAST(parse(add))?.variableDefinitions ?? [];
    const errorsOf = (input: object) => getVariableValues(schema, definitions, { input }).errors;
    expect(errorsOf({ name: 'a', kind: 'THREE' })).toHaveLength(1);
    expect(errorsOf({ ...(replaced({ name: 'a', kind: 'THREE' }).input as object) })).toBeUndefined();
  });

  it('is replaced by a variable in the text of a mutation', () => {
    const text = withStandIns(
      'mutation { add(input: { name: "a", kind: THREE, kinds: [ONE, "TWO"] }) }',
      schema,
      100,
    );
    expect(text).toContain('mutation ($_unknown_Kind: Kind!)');
    expect(text).toContain('kind: $_unknown_Kind, kinds: [ONE, $_unknown_Kind]');
    expect(validate(schema, parse(text ?? ''))).toEqual([]);
  });

  it.each(['{ list(kind: THREE) }', 'mutation { add(input: { name: "THREE" }) }'])(
    'is not looked for in %s',
    (text) => {
      expect(withStandIns(text, schema, 100)).toBeNull();
    },
  );
});
