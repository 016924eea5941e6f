import { graphql } from 'graphql';
import { buildSchema } from './build-schema.ts';

const schema = buildSchema(
  `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  directive @public(reason: String!) on OBJECT | INTERFACE | FIELD_DEFINITION
  scalar DateTime
  scalar Date
  scalar Email
  scalar Phone
  scalar LanguageCode
  scalar Cursor
  type Thing @key(fields: "id") @public(reason: "test") { id: ID! name: String }
  type Query @public(reason: "test") { thing: Thing }
`,
  [{ Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `thing ${id}` }) } }],
);
const source = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { name } } }';

it.each([
  ['without id', { __typename: 'Thing' }],
  ['with an id that is none', { __typename: 'Thing', id: {} }],
  ['of an unknown type', { __typename: 'Nothing', id: '2' }],
  ['of a type that is no entity', { __typename: 'Query', id: '2' }],
  ['without type', { id: '2' }],
])('a representation %s costs only its own place', async (_which, wrong) => {
  const thing = (id: string) => ({ __typename: 'Thing', id });
  const variableValues = { r: [thing('1'), wrong, thing('3')] };
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: { viewer: {} } });
  expect(data).toEqual({ _entities: [{ name: 'thing 1' }, null, { name: 'thing 3' }] });
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['_entities', 1], 'BAD_USER_INPUT'],
  ]);
});
