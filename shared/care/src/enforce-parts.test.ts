import type { Role, Viewer } from '@throughline/graphql';
import { buildASTSchema, graphql, parse } from 'graphql';
import { careCopy, CareReader } from './care-reader.ts';
import type { Care } from './care.ts';
import { enforceParts } from './enforce-parts.ts';

const directives = `
  directive @part(of: String!) on OBJECT | FIELD_DEFINITION
  directive @key(fields: String!) on OBJECT
  type FieldAccess { field: String! allowed: Boolean! reason: String! }`;
const sdl = `
  type Query { client: Client note: Note notes: [Note!]! agency: Agency }
  type Client @key(fields: "id") {
    id: ID! caseNumber: String! @part(of: "EXISTENCE") phone: String @part(of: "CONTACT")
    score: Int @part(of: "CLINICAL") access: [FieldAccess!]! }
  type Note @key(fields: "id") { id: ID! client: Client @part(of: "EXISTENCE") text: String! @part(of: "CLINICAL") }
  type Agency @key(fields: "id") @part(of: "NO_CLIENT") { id: ID! name: String }`;

const care: Care = {
  ...{ clientId: 'c', caseId: 'f', caseOpen: true },
  ...{ caseManagerId: 'maria', supervisorId: 'sam', supervisorCoverId: null },
  ...{ registeredBy: 'ines', queued: false },
  ...{ team: [], coverId: null, responders: [] },
};
const note = { id: 'n', clientId: 'c', text: 'slept well' };
const data = {
  client: { id: 'c', caseNumber: 'A1', phone: '+1', score: 3 },
  ...{ note, notes: [note], agency: { id: 'a', name: 'Harbor' } },
};

async function ask(id: string, role: Role, source: string): Promise<unknown> {
  const viewer: Viewer = { id, roles: [role], agencyId: null, graph: 'STAFF' };
  const document = parse(directives + sdl);
  const schema = buildASTSchema(document);
  enforceParts(schema, document);
  // Everything that is asked for was read together with its row, so that no database is needed.
  const reader = new CareReader(careCopy, { db: undefined as never, viewer, now: () => new Date() });
  reader.keep(care);
  return graphql({ schema, source, rootValue: data, contextValue: { viewer, care: reader } });
}

function start(text: string): void {
  const document = parse(directives + text);
  enforceParts(buildASTSchema(document), document);
}

describe('a schema', () => {
  it.each([
    [
      'a field of Client without a part',
      'type Query { a: ID } type Client { id: ID! born: String }',
      'Client.born',
    ],
    [
      'a field of a type that names its client',
      'type Query { a: ID } type Note { client: Client @part(of: "EXISTENCE") text: String } type Client { a: ID @part(of: "CASE") }',
      'Note.text',
    ],
    [
      'a field of an entity',
      'type Query { a: ID } type Goal @key(fields: "id") { id: ID! words: String }',
      'Goal.words',
    ],
    [
      'a field of a type that has a part at another field',
      'type Query { a: ID } type Choice { service: String @part(of: "REFERRALS") reason: String }',
      'Choice.reason',
    ],
    [
      'a value that stands in the record and has no part',
      'type Query { a: ID } type Client { role: Role @part(of: "CASE") } type Role { since: String reason: String }',
      'Role (no part) in Client.role (CASE)',
    ],
    [
      'a value of another part than the field of a list in which it stands',
      `type Query { a: ID } type Client { roles: RoleConnection @part(of: "CASE") } type RoleConnection { edges: [RoleEdge!] }
       type RoleEdge { node: Role } type Role @part(of: "NARRATIVE") { reason: String }`,
      'Role (NARRATIVE) in Client.roles (CASE)',
    ],
    [
      'a value in a value',
      `type Query { a: ID } type Client { role: Role @part(of: "CASE") }
       type Role @part(of: "CASE") { why: Why } type Why { text: String }`,
      'Why (no part) in Role.why (CASE)',
    ],
    [
      'a part that does not exist',
      'type Query { a: ID } type Client { born: String @part(of: "SECRETS") }',
      'Client.born',
    ],
  ])('with %s does not start', (_case, text, place) => {
    expect(() => {
      start(text);
    }).toThrow(place);
  });

  it('with a part at each field starts, and what says nothing of a client needs none', () => {
    expect(() => {
      start(sdl);
    }).not.toThrow();
  });
});

describe('a field', () => {
  const client = '{ client { caseNumber phone score access { field allowed reason } } }';

  it('of a part that the viewer reaches is read', async () => {
    expect(await ask('maria', 'CASE_MANAGER', client)).toMatchObject({
      data: { client: { caseNumber: 'A1', phone: '+1', score: 3 } },
    });
  });

  it('of another part is null, and the access list says why', async () => {
    expect(await ask('ines', 'INTAKE_WORKER', client)).toMatchObject({
      data: {
        client: {
          ...{ caseNumber: 'A1', phone: '+1', score: null },
          access: [
            { field: 'phone', allowed: true, reason: 'OK' },
            { field: 'score', allowed: false, reason: 'ROLE_FORBIDDEN' },
          ],
        },
      },
    });
  });

  it('that is never null takes its whole object with it, also out of a list', async () => {
    const query = '{ note { id text } notes { id text } }';
    expect(await ask('ines', 'INTAKE_WORKER', query)).toEqual({ data: { note: null, notes: [] } });
    expect(await ask('maria', 'CASE_MANAGER', query)).toMatchObject({ data: { notes: [{ id: 'n' }] } });
  });

  it('of a client of somebody else looks like one of no client', async () => {
    expect(await ask('otto', 'CASE_MANAGER', '{ client { caseNumber } }')).toEqual({
      data: { client: null },
    });
  });

  it('that says nothing of a client is open', async () => {
    expect(await ask('otto', 'QUALITY_ANALYST', '{ agency { name } }')).toEqual({
      data: { agency: { name: 'Harbor' } },
    });
  });
});
