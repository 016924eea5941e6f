import { buildSchema } from 'graphql';
import { apiSchema } from './api-schema.ts';
import { lintSchema } from './lint-schema.ts';

it.each(['staff', 'partner'] as const)('the %s graph says what everything is, and when it goes', (graph) => {
  expect(lintSchema(apiSchema(graph))).toEqual([]);
});

it('a type or field without words, and a deprecation without a date, are named', () => {
  const schema = buildSchema(`
    type Query { "Somebody." person(id: ID @deprecated(reason: "soon")): Person }
    type Person {
      "Its name." name: String @deprecated(reason: "Use names. Goes after 2027-03-01.")
      "Its age." age: Int @deprecated(reason: "Goes after 2027-13-41.")
      kind: Kind
    }
    "What somebody is." enum Kind { OLD @deprecated NEW }
  `);
  expect(lintSchema(schema)).toEqual([
    'Person has no description',
    'Person.kind has no description',
    expect.stringContaining('Query.person(id) is deprecated without the date'),
    expect.stringContaining('Person.age is deprecated without the date'),
    expect.stringContaining('Kind.OLD is deprecated without the date'),
  ]);
});
