import './telemetry-off.ts';
import { join } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import { readServiceSdl } from '@throughline/service/sdl';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, parse, visit } from 'graphql';
import type { DirectiveNode, GraphQLSchema } from 'graphql';
import { subgraphs } from './subgraphs.ts';
import { composedSupergraph, type GraphName } from './supergraph/composed.ts';

const here = join(import.meta.dirname, '..');

/** What callers of the graph can see: the supergraph without what is inaccessible. */
async function apiSchema(graph: GraphName): Promise<GraphQLSchema> {
  const gateway = new ApolloGateway({ supergraphSdl: composedSupergraph(graph) });
  const { schema } = await gateway.load();
  await gateway.stop();
  return schema;
}

/** Coordinates as `Type`, `Type.field`, `Type.field(argument)` and `Enum.VALUE`. */
function coordinatesOf(schema: GraphQLSchema): string[] {
  const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return own.flatMap((type) => {
    if (isEnumType(type)) return [type.name, ...type.getValues().map(({ name }) => `${type.name}.${name}`)];
    if (isInputObjectType(type))
      return [type.name, ...Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)];
    if (!isObjectType(type) && !isInterfaceType(type)) return [type.name];
    const fields = Object.values(type.getFields()).flatMap(({ name, args }) => [
      `${type.name}.${name}`,
      ...args.map((argument) => `${type.name}.${name}(${argument.name})`),
    ]);
    return [type.name, ...fields];
  });
}

/** What the services' own SDL marks with @tag(name: "partner"), at the very place. */
function taggedInServices(): Set<string> {
  const tagged = new Set<string>();
  for (const { name: service } of subgraphs) {
    const place: string[] = [];
    const named = {
      enter: ({ name, directives }: Named): void => {
        place.push(name.value);
        const [type = '', field, argument] = place;
        const own = field ? `${type}.${field}` : type;
        if (directives?.some(isForPartners)) tagged.add(argument ? `${own}(${argument})` : own);
      },
      leave: (): void => void place.pop(),
    };
    visit(
      parse(readServiceSdl(service, join(here, '..', 'services', service, 'src'))),
      Object.fromEntries(kinds.map((kind) => [kind, named])),
    );
  }
  return tagged;
}

interface Named {
  name: { value: string };
  directives?: readonly DirectiveNode[];
}

const definitions = ['ObjectType', 'InterfaceType', 'UnionType', 'EnumType', 'ScalarType', 'InputObjectType'];
const kinds = [
  ...definitions.flatMap((kind) => [`${kind}Definition`, `${kind}Extension`]),
  'FieldDefinition',
  'InputValueDefinition',
  'EnumValueDefinition',
];

function isForPartners({ name, arguments: given }: DirectiveNode): boolean {
  return (
    name.value === 'tag' && given?.some(({ value }) => 'value' in value && value.value === 'partner') === true
  );
}

const builtIn = new Set(['Query', 'Mutation', 'ID', 'Int', 'String', 'Boolean', 'Float']);

describe('the partner graph', () => {
  let partner: string[];
  let staff: string[];

  beforeAll(async () => {
    partner = coordinatesOf(await apiSchema('partner'));
    staff = coordinatesOf(await apiSchema('staff'));
  });

  it('has nothing but what is tagged for partners at that very place', () => {
    const tagged = taggedInServices();
    expect(partner.filter((coordinate) => !tagged.has(coordinate) && !builtIn.has(coordinate))).toEqual([]);
    expect(partner.length).toBeGreaterThan(200);
  });

  it.each([
    'Client',
    'CaseFile',
    'StaffMember',
    'Consent',
    'Screening',
    'CarePlan',
    'Goal',
    'Episode',
    'Need',
  ])('does not know the type %s, which staff know', (type) => {
    expect(staff).toContain(type);
    expect(partner).not.toContain(type);
  });

  it.each([
    'internalNote',
    'caseNumber',
    'timeline',
    'blockedAgencyIds',
    'activeCase',
    'consents',
    'disclosures',
  ])('does not know any field %s, which staff know', (field) => {
    const isField = (coordinate: string): boolean => coordinate.split('.')[1] === field;
    expect(staff.some(isField)).toBe(true);
    expect(partner.filter(isField)).toEqual([]);
  });

  it('keeps its own part from staff', () => {
    expect(partner).toContain('Query.partnerReferral');
    expect(staff.filter((coordinate) => /Partner(Referral|Step)|webhookSub/i.test(coordinate))).toEqual([]);
  });

  it('neither graph can ask for the basis of a release', () => {
    const released = (coordinate: string): boolean => /releaseBasis|releasableSnapshot/i.test(coordinate);
    expect([...staff, ...partner].filter(released)).toEqual([]);
  });
});
