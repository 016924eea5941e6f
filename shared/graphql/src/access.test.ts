import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql } from 'graphql';
import { gql } from 'graphql-tag';
import fc from 'fast-check';
import { accessRoles, allows, isWithin, rolesAt, type AccessRole } from './access-rule.ts';
import { AccessRules } from './access-rules.ts';
import { enforceAccess } from './enforce-access.ts';
import { roles, type Role, type Viewer } from './viewer.ts';

const directives = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  directive @access(roles: [String!]!) on OBJECT | INTERFACE | FIELD_DEFINITION
  directive @public(reason: String!) on OBJECT | INTERFACE | FIELD_DEFINITION
`;
const sdl = `${directives}
  type Query {
    me: Person @access(roles: ["STAFF"])
    chief: Person @access(roles: ["SUPERVISOR"])
    anybody: Person @public(reason: "a test")
    price: Price @access(roles: ["STAFF"])
  }
  type Person @key(fields: "id") @access(roles: ["STAFF"]) {
    id: ID! @public(reason: "a key says nothing")
    name: String
    salary: Int @access(roles: ["SUPERVISOR", "PROGRAM_ADMIN"])
  }
  type Price @access(roles: ["STAFF"]) { amount: Int }
`;
const maria = { id: 'a', name: 'Maria', salary: 1 };
const viewer = (graph: Viewer['graph'], ...held: Role[]): Viewer => ({
  ...{ id: 'v', graph, roles: held, agencyId: null },
});
const caseManager = viewer('STAFF', 'CASE_MANAGER');
const supervisor = viewer('STAFF', 'SUPERVISOR');
const partner = viewer('PARTNER', 'PARTNER_ADMIN', 'SUPERVISOR');

function guarded(text = sdl) {
  const typeDefs = gql(text);
  const resolvers = {
    Query: { me: () => maria, chief: () => maria, anybody: () => maria, price: () => ({ amount: 4 }) },
  };
  return enforceAccess(buildSubgraphSchema([{ typeDefs, resolvers }]), new AccessRules(typeDefs));
}

async function ask(source: string, contextValue: { viewer: Viewer }) {
  const { data, errors = [] } = await graphql({ schema: guarded(), source, contextValue });
  const found = JSON.parse(JSON.stringify(data ?? null)) as unknown;
  return { data: found, refused: errors.map(({ path, extensions }) => [path?.join('.'), extensions.code]) };
}

const entities = (...ids: string[]): string => {
  const list = ids.map((id) => `{ __typename: "Person", id: "${id}", name: "Maria" }`).join(' ');
  return `{ _entities(representations: [${list}]) { ... on Person { id name } } }`;
};

describe('a subgraph', () => {
  it('answers those who have the role of the field, and its type', async () => {
    const answer = await ask('{ me { id name } chief { salary } }', { viewer: supervisor });
    expect(answer).toEqual({ data: { me: { id: 'a', name: 'Maria' }, chief: { salary: 1 } }, refused: [] });
  });

  it("asks a field's own rule in the place of its type's", async () => {
    await expect(ask('{ me { id name salary } }', { viewer: caseManager })).resolves.toEqual({
      data: { me: { id: 'a', name: 'Maria', salary: null } },
      refused: [['me.salary', 'FORBIDDEN']],
    });
  });

  it('guards what can be reached through a field that is open to more', async () => {
    await expect(ask('{ anybody { id name } }', { viewer: partner })).resolves.toEqual({
      data: { anybody: { id: 'a', name: null } },
      refused: [['anybody.name', 'FORBIDDEN']],
    });
  });

  it('lets a role count at its own graph only', async () => {
    const { data } = await ask('{ chief { salary } }', { viewer: partner });
    expect(data).toEqual({ chief: null });
  });

  it('gives an entity by its key to those alone who may ask it', async () => {
    await expect(ask(entities('a', 'b'), { viewer: caseManager })).resolves.toMatchObject({ refused: [] });
    await expect(ask(entities('a', 'b'), { viewer: partner })).resolves.toEqual({
      data: { _entities: [null, null] },
      refused: [
        ['_entities.0', 'FORBIDDEN'],
        ['_entities.1', 'FORBIDDEN'],
      ],
    });
  });

  it('asks nothing of fields that only the same people can reach', () => {
    const price = guarded().getType('Price') as { getFields?: () => Record<string, { resolve?: unknown }> };
    expect(price.getFields?.().amount?.resolve).toBeUndefined();
  });

  it.each([
    ['a field without a rule', 'type Query { me: Int }', /Neither @access nor @public: Query\.me/],
    ['an unknown role', 'type Query { me: Int @access(roles: ["BOSS"]) }', /Query\.me.*roles.*BOSS/],
    ['no role', 'type Query { me: Int @access(roles: []) }', /Query\.me.*roles/],
    [
      'two rules',
      'type Query { me: Int @access(roles: ["STAFF"]) @public(reason: "x") }',
      /Query\.me has two rules/,
    ],
    [
      'a type with two rules',
      'type Query @access(roles: ["STAFF"]) { me: Int } extend type Query @public(reason: "x") { you: Int }',
      /Query has two rules/,
    ],
  ])('does not start with %s', (_what, text, fault) => {
    expect(() => guarded(`${directives} ${text}`)).toThrow(fault);
  });
});

describe('a rule', () => {
  const rule = fc.uniqueArray(fc.constantFrom(...(accessRoles as ReadonlySet<AccessRole>)), { minLength: 1 });
  const anybody = fc.record({
    graph: fc.constantFrom('STAFF' as const, 'PARTNER' as const, 'INTERNAL' as const),
    roles: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 3 }),
  });

  it('within another lets nobody through whom the other would not', () => {
    const property = fc.property(rule, rule, anybody, (one, other, who) => {
      const [narrow, wide] = [new Set(one), new Set(other)];
      return !isWithin(narrow, wide) || !allows(narrow, who) || allows(wide, who);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('tells the roles of the graph that asks, and of no other', () => {
    const both = new Set<AccessRole>(['SUPERVISOR', 'PARTNER_ADMIN']);
    expect([rolesAt('STAFF', both), rolesAt('PARTNER', both), rolesAt('STAFF', 'PUBLIC')]).toEqual([
      ['SUPERVISOR'],
      ['PARTNER_ADMIN'],
      [],
    ]);
  });
});
