import type { Viewer } from '@throughline/graphql';
import { buildSchema, Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { accessControl } from './access-control.ts';

const sdl = `
  directive @access(roles: [String!]!) on OBJECT | INTERFACE | FIELD_DEFINITION
  directive @public(reason: String!) on OBJECT | INTERFACE | FIELD_DEFINITION
  type Query {
    me: Person @access(roles: ["STAFF"])
    found: Found @access(roles: ["STAFF", "PARTNER"])
    chief: Person @access(roles: ["SUPERVISOR"])
    forgotten: Int
  }
  union Found = Person | Agency
  type Person @access(roles: ["STAFF"]) { id: ID! salary: Int @access(roles: ["SUPERVISOR", "PROGRAM_ADMIN"]) }
  type Agency { id: ID! @public(reason: "for the test") keys: Int @access(roles: ["SUPERVISOR", "PARTNER_ADMIN"]) }
`;
const schema = buildSchema(sdl);
const manager: Viewer = { id: 'maria', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
const supervisor: Viewer = { ...manager, roles: ['SUPERVISOR'] };
const intake: Viewer = { id: 'ines', roles: ['PARTNER_INTAKE'], agencyId: 'a', graph: 'PARTNER' };

function controlOf() {
  const control = accessControl();
  control.useSupergraph(sdl);
  return control;
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const found = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!found) throw new Error('a document without an operation');
  return found;
}

async function ask(text: string | DocumentNode, viewer: Viewer, variables = {}, control = controlOf()) {
  const document = typeof text === 'string' ? parse(text) : text;
  const contextValue = { viewer, requestId: 'r' };
  const about = { schema, document, operation: operationOf(document), request: { variables }, contextValue };
  const listener = control.begin(about as never);
  try {
    await listener.didResolveOperation?.(about as never);
    return 'passes';
  } catch (error) {
    return (error as { extensions: unknown }).extensions;
  }
}

const refusal = (field: string, ...roles: string[]) => ({
  ...{ code: 'FORBIDDEN', field, roles },
  http: { status: 403 },
});

describe('access control', () => {
  it('lets a person with the roles through, and everybody who asks for what is public', async () => {
    await expect(ask('{ me { __typename id salary } chief { id } }', supervisor)).resolves.toBe('passes');
    await expect(ask('{ found { ... on Agency { id } } }', intake)).resolves.toBe('passes');
  });

  it.each<[string, string, object]>([
    ['a field', '{ chief { id } }', refusal('chief', 'SUPERVISOR')],
    ['a field further in', '{ me { salary } }', refusal('me.salary', 'SUPERVISOR', 'PROGRAM_ADMIN')],
    ['an alias', '{ you: me { pay: salary } }', refusal('you.pay', 'SUPERVISOR', 'PROGRAM_ADMIN')],
    [
      'a fragment in a fragment',
      '{ me { ...A } } fragment A on Person { id ... { ...B } } fragment B on Person { salary }',
      refusal('me.salary', 'SUPERVISOR', 'PROGRAM_ADMIN'),
    ],
    ['one type of a union', '{ found { ... on Agency { keys } } }', refusal('found.keys', 'SUPERVISOR')],
    ['a field that nobody has said a rule of', '{ forgotten }', refusal('forgotten')],
  ])('refuses %s with its place and the permitted roles', async (_what, text, refused) => {
    await expect(ask(text, manager)).resolves.toEqual(refused);
  });

  it('tells a partner the roles of partners only', async () => {
    const refused = await ask('{ found { ... on Agency { keys } } }', intake);
    expect(refused).toEqual(refusal('found.keys', 'PARTNER_ADMIN'));
  });

  it.each<[string, object, boolean]>([
    ['query ($s: Boolean!) { me { salary @include(if: $s) } }', { s: false }, true],
    ['query ($s: Boolean!) { me { salary @include(if: $s) } }', { s: true }, false],
    ['query ($s: Boolean = false) { me { id ... @include(if: $s) { salary } } }', {}, true],
    ['query ($s: Boolean = false) { me { salary @skip(if: $s) } }', {}, false],
    ['query ($s: Boolean = false) { me { salary @skip(if: $s) } }', { s: true }, true],
    ['{ me { id ...P @skip(if: true) } } fragment P on Person { salary }', {}, true],
  ])('refuses nothing that is left out: %s with %j', async (text, variables, passes) => {
    const answer = await ask(text, manager, variables);
    expect(answer === 'passes').toBe(passes);
  });

  it('finds the rules of an operation once, and again under another supergraph', async () => {
    const control = controlOf();
    const document = parse('{ chief { id } }');
    control.prepare([{ schema, document, operation: operationOf(document) }]);
    await expect(ask(document, manager, {}, control)).resolves.toEqual(refusal('chief', 'SUPERVISOR'));
    control.useSupergraph(sdl.replace('["SUPERVISOR"]', '["STAFF"]'));
    await expect(ask(document, manager, {}, control)).resolves.toBe('passes');
  });

  it('follows fragments that multiply no more than once', async () => {
    const doubled = (n: number) => `fragment F${n} on Person { ...F${n + 1} ...F${n + 1} }`;
    const text = `{ me { ...F0 } } ${Array.from({ length: 60 }, (_, n) => doubled(n)).join(' ')}
      fragment F60 on Person { salary }`;
    await expect(ask(text, manager)).resolves.toMatchObject({ field: 'me.salary' });
  });
});
