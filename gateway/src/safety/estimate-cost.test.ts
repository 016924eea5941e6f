import * as fc from 'fast-check';
import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { composedSupergraph, graphNames } from '../supergraph/composed.ts';
import { CostModel } from './cost-model.ts';
import { estimateCost } from './estimate-cost.ts';

const sdl = `
  directive @cost(weight: Int!) on FIELD_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  type Query {
    me: Person
    people(first: Int, after: String): People @listSize(assumedSize: 20, slicingArguments: ["first"], sizedFields: ["edges"])
    best: [Person!] @listSize(assumedSize: 3)
    match: Person @cost(weight: 50)
  }
  type Mutation { rename(name: String!): Person }
  type People { edges: [Edge!]! total: Int }
  type Edge { node: Person }
  type Person { id: ID! name: String friends: [Person!] tags: [String!] }`;
const schema = buildSchema(sdl);
const model = new CostModel(sdl);

function costOf(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error('no operation');
  return estimateCost(model, { schema, document, operation, variables });
}

it.each<[string, number, Record<string, unknown>]>([
  ['{ me { id name tags } }', 1, {}],
  ['{ me { friends { id } } }', 1 + 10, {}],
  ['{ best { id } }', 3, {}],
  ['{ match { id } }', 50, {}],
  ['mutation { rename(name: "x") { id } }', 10 + 1, {}],
  ['{ people(first: 5) { total edges { node { id } } } }', 1 + 5 * 2, {}],
  ['{ people { edges { node { id } } } }', 1 + 20 * 2, {}],
  ['query ($n: Int) { people(first: $n) { edges { node { id } } } }', 1 + 7 * 2, { n: 7 }],
  ['query ($n: Int) { people(first: $n) { edges { node { id } } } }', 1 + 20 * 2, { n: null }],
  ['{ people(first: -4) { edges { node { id } } } }', 1, {}],
  [
    '{ people(first: 5) { ...P } } fragment P on People { edges { node { ...N } } } fragment N on Person { friends { id } }',
    1 + 5 * (2 + 10),
    {},
  ],
  ['query ($no: Boolean!) { me @skip(if: $no) { id } best @include(if: false) { id } }', 0, { no: true }],
  ['{ a: me { id } b: me { ... on Person { friends { id } } } }', 2 + 10, {}],
  ['{ __typename }', 0, {}],
])('%s costs %i', (text, cost, variables) => {
  expect(costOf(text, variables)).toBe(cost);
});

it('is done soon with fragments that double each other', () => {
  const fragments = Array.from(
    { length: 40 },
    (_, n) => `fragment F${n} on Person { a: friends { ...F${n + 1} } b: friends { ...F${n + 1} } }`,
  );
  const text = `{ me { ...F0 } } ${fragments.join(' ')} fragment F40 on Person { id }`;
  expect(costOf(text)).toBeGreaterThan(1e30);
});

it('never falls when a page grows', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(1_000), (first, more) => {
      const text = 'query ($n: Int) { people(first: $n) { edges { node { friends { id } } } } }';
      expect(costOf(text, { n: first + more })).toBeGreaterThanOrEqual(costOf(text, { n: first }));
    }),
  );
});

it.each(graphNames)('every page of the %s graph says how long it is', (graph) => {
  const text = composedSupergraph(graph);
  const known = new CostModel(text);
  const pages = parse(text).definitions.flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (type.fields ?? []).flatMap((field) => {
          const paged = field.arguments?.some(({ name }) => name.value === 'first');
          return paged ? [{ type: type.name.value, field: field.name.value }] : [];
        })
      : [],
  );
  expect(pages.length).toBeGreaterThan(2);
  for (const { type, field } of pages) {
    const { listSize } = known.of(type, field);
    expect([type, field, listSize?.slicingArguments]).toEqual([type, field, ['first']]);
  }
});
