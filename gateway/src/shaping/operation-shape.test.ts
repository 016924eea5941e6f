import { computeResponse } from '@apollo/gateway/dist/resultShaping.js';
import { buildSchema, operationFromDocument } from '@apollo/federation-internals';
import * as fc from 'fast-check';
import { parse, specifiedRules, validate } from 'graphql';
import { inventOperation } from '../../equivalence/invent-operation.ts';
import { diceOf, type Dice } from '../../equivalence/invent-value.ts';
import { OperationShape, type Variables } from './operation-shape.ts';

const schema = buildSchema(`
  scalar Anything
  enum Colour { RED GREEN }
  interface Named { name: String colour: Colour inner: Named }
  interface Deep implements Named { name: String! colour: Colour inner: Named }
  type Cat implements Named & Deep { name: String! colour: Colour! inner: Cat purrs: Boolean! lives: [[Int!]]! }
  type Dog implements Named { name: String colour: Colour inner: Named weight: Float! tags: [ID!] any: Anything }
  union Pet = Cat | Dog
  type Query { pet: Pet pets: [Pet!] named(first: Int): Named! deep: [[Deep!]!] cat: Cat dog: Dog! }
  type Mutation { add: Pet! }
`);
const api = schema.toGraphQLJSSchema();
const runs = Number(process.env.EQUIVALENCE_RUNS ?? 120);

function operationOf(query: string) {
  return operationFromDocument(schema, parse(query), { validate: false });
}

function stock(query: string, input: unknown, variables: Variables) {
  const introspectionHandling = (): never => {
    throw new Error('No introspection is asked for');
  };
  try {
    const about = { operation: operationOf(query), variables, input, introspectionHandling };
    return computeResponse(about as Parameters<typeof computeResponse>[0]);
  } catch {
    return null;
  }
}

const names = [
  'pet',
  'pets',
  'named',
  'deep',
  'cat',
  'dog',
  'add',
  'name',
  'colour',
  'inner',
  'purrs',
  'lives',
];
const more = ['weight', 'tags', 'any', 'a1', 'a2', 'a3', 'a4', '__typename'];
const leaves = ['RED', 'Cat', 'Dog', 'text', 1, 2.5, true, null];

/** Data that fits the operation in some places and not in others. */
function inventInput(dice: Dice, depth: number): unknown {
  if (depth === 0 || dice.falls(0.15)) return dice.oneOf(leaves);
  if (dice.falls(0.2)) return Array.from({ length: dice.below(3) }, () => inventInput(dice, depth - 1));
  const chosen = [...names, ...more].filter(() => dice.falls(0.7));
  const own = chosen.map((name): [string, unknown] => [name, fitting(dice, name, depth)]);
  return { ...(dice.falls(0.7) && { __typename: dice.oneOf(['Cat', 'Dog']) }), ...Object.fromEntries(own) };
}

function fitting(dice: Dice, name: string, depth: number): unknown {
  if (dice.falls(0.05)) return inventInput(dice, depth - 1);
  if (name === 'name') return 'text';
  if (name === 'colour') return dice.oneOf(['RED', 'GREEN']);
  if (name === 'purrs') return true;
  if (name === 'weight') return 2.5;
  if (name === 'lives') return [[1, 2], [], null];
  if (name === 'tags') return ['a', 'b'];
  if (name === '__typename') return dice.oneOf(['Cat', 'Dog']);
  const one = inventInput(dice, depth - 1);
  if (name === 'pets') return [one];
  return name === 'deep' ? [[one], []] : one;
}

describe('a compiled shape', () => {
  it('makes what the library makes, or leaves it to the library', () => {
    const seen = { compiled: 0, left: 0 };
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const dice = diceOf(draw);
        const { query, variables } = inventOperation(dice, api);
        fc.pre(validate(api, parse(query), specifiedRules).length === 0 && !query.includes('query Other'));
        const input = inventInput(dice, 5);
        fc.pre(typeof input === 'object' && input !== null && !Array.isArray(input));

        const shaped = new OperationShape(operationOf(query)).shape(input, variables);
        seen[shaped ? 'compiled' : 'left'] += 1;
        if (shaped)
          expect([JSON.stringify(shaped), query]).toEqual([dataOf(stock(query, input, variables)), query]);
      }),
      { numRuns: runs, seed: 7, maxSkipsPerRun: 100 },
    );
    expect(seen.compiled).toBeGreaterThan(runs / 20);
    expect(seen.left).toBeGreaterThan(runs / 20);
  });

  /** Data of the library; the compiled shape must leave every kind of error to it. */
  const dataOf = (answer: ReturnType<typeof stock>): string =>
    answer?.errors.length === 0 ? JSON.stringify(answer.data) : 'has errors';

  const cat = { __typename: 'Cat', name: 'Mia', colour: 'RED', purrs: true, lives: [] };

  it.each<[string, string, unknown]>([
    ['a null where none may be', '{ dog { name } }', { dog: null }],
    ['a value of another kind', '{ cat { purrs } }', { cat: { purrs: 'yes' } }],
    ['a type that nobody knows', '{ pet { __typename } }', { pet: { __typename: 'Fish' } }],
    ['no list for a list', '{ pets { __typename } }', { pets: cat }],
    ['a list for an object', '{ cat { name } }', { cat: [cat] }],
    ['a name that every object has', '{ constructor: cat { name } }', { constructor: cat }],
    ['a name that is no property', '{ __proto__: cat { name } }', { cat }],
    ['introspection', '{ __schema { queryType { name } } }', {}],
    ['a condition without a value', 'query($on: Boolean!) { cat @include(if: $on) { name } }', { cat }],
  ])('leaves %s to the library', (_what, query, input) => {
    expect(new OperationShape(operationOf(query)).shape(input, {})).toBeNull();
  });

  it('follows each combination of its conditions', () => {
    const shape = new OperationShape(
      operationOf(
        'query($a: Boolean!, $b: Boolean = true) { cat { name @skip(if: $a) purrs @include(if: $b) } }',
      ),
    );
    expect(shape.shape({ cat }, { a: false })).toEqual({ cat: { name: 'Mia', purrs: true } });
    expect(shape.shape({ cat }, { a: true })).toEqual({ cat: { purrs: true } });
    expect(shape.shape({ cat }, { a: true, b: false })).toEqual({ cat: {} });
  });
});
