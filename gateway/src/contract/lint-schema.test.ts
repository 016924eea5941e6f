import { buildSchema } from 'graphql';
import { apiSchema } from './api-schema.ts';
import { lintSchema } from './lint-schema.ts';

it.each(['staff', 'partner'] as const)(
  'the %s graph says what everything is, when it goes, and answers in parts',
  (graph) => {
    expect(lintSchema(apiSchema(graph))).toEqual([]);
  },
);

it('a field of a root that takes the others with it is named', () => {
  const schema = buildSchema(`
    type Query { "Somebody." person: String! "All of them." persons: [String!] }
    type Mutation { "Writes it down." record: String! }
  `);
  expect(lintSchema(schema)).toEqual([
    'Query.person must be nullable: its service may be away',
    'Mutation.record must be nullable: its service may be away',
  ]);
});

it('a place without words, and a deprecation without a date, are named', () => {
  const schema = buildSchema(`
    directive @seen(by: String, "Since when." since: String) on FIELD_DEFINITION
    type Query { "Somebody." person(id: ID @deprecated(reason: "soon"), "Or by name." name: String): Person }
    type Person {
      "Its name." name: String @deprecated(reason: "Use names. Goes after 2027-03-01.")
      "Its age." age: Int @deprecated(reason: "Goes after 2027-13-41.")
      kind: Kind
    }
    "What somebody is." enum Kind { OLD @deprecated NEW "Neither." OTHER }
    "Somebody new." input NewPerson { name: String }
  `);
  expect(lintSchema(schema)).toEqual([
    'Person has no description',
    'Person.kind has no description',
    'NewPerson.name has no description',
    'Query.person(id) has no description',
    'Kind.OLD has no description',
    'Kind.NEW has no description',
    '@seen(by) has no description',
    expect.stringContaining('Person.age is deprecated without the date'),
    expect.stringContaining('Query.person(id) is deprecated without the date'),
    expect.stringContaining('Kind.OLD is deprecated without the date'),
  ]);
});

it('words that are only the name again count as none', () => {
  const schema = buildSchema(`
    type Query { "Somebody." person("Id." id: ID, "Name, or a part of it." name: String): String }
    "How one pays." enum Pay { "In cash." IN_CASH "Later, with a card." CARD }
  `);
  expect(lintSchema(schema)).toEqual([
    'Query.person(id) has only its name as description',
    'Pay.IN_CASH has only its name as description',
  ]);
});
