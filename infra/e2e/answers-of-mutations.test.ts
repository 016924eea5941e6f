import { join } from 'node:path';
import { AccessRules, isWithin, readSdl } from '@throughline/graphql';
import { buildASTSchema, getNamedType, isObjectType, isUnionType, parse } from 'graphql';

const services = join(import.meta.dirname, '../../services');

/** Fields of the answer of a mutation that are closed to somebody who may ask for the mutation. */
function closedFields(sdl: string): string[] {
  const document = parse(sdl);
  const rules = new AccessRules(document);
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  const mutations = schema.getType('Mutation');
  if (!isObjectType(mutations)) throw new Error('a service without a mutation');
  return Object.values(mutations.getFields()).flatMap(({ name, type }) => {
    const asking = rules.of('Mutation', name);
    const answer = getNamedType(type);
    const objects = isUnionType(answer) ? answer.getTypes() : [answer].filter(isObjectType);
    return objects.flatMap((object) =>
      Object.keys(object.getFields())
        .filter((field) => !isWithin(asking ?? 'PUBLIC', rules.of(object.name, field) ?? 'PUBLIC'))
        .map((field) => `${name}: ${object.name}.${field}`),
    );
  });
}

describe('who may ask for a mutation', () => {
  // A field that refuses takes effect after the change was made: the caller reads FORBIDDEN, and it happened.
  it.each(['clients', 'treatment', 'referrals', 'notifications'])('of %s may read its answer', (service) => {
    expect(closedFields(readSdl(join(services, service, 'src')))).toEqual([]);
  });

  it('is refused by this test where a field of the answer is closed to one of the roles', () => {
    const sdl = `directive @access(roles: [String!]!) on OBJECT | FIELD_DEFINITION
      type Mutation { send: Letter @access(roles: ["CASE_MANAGER", "SUPERVISOR"]) }
      type Letter @access(roles: ["STAFF"]) { id: ID text: String @access(roles: ["SUPERVISOR"]) }`;
    expect(closedFields(sdl)).toEqual(['send: Letter.text']);
  });
});
