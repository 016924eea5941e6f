import './telemetry-off.ts';
import { join } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { AccessRules, allows, roles, type AccessRule } from '@throughline/graphql';
import { readServiceSdl } from '@throughline/service/sdl';
import { isInterfaceType, isObjectType, Kind, parse, visit, type GraphQLSchema } from 'graphql';
import { liveFields } from './live/live-operation.ts';
import { withSubscriptions } from './live/live-schema.ts';
import { subgraphs } from './subgraphs.ts';
import { composedSupergraph } from './supergraph/composed.ts';

const here = join(import.meta.dirname, '..');
const graphs = [
  ['STAFF', 'staff'],
  ['PARTNER', 'partner'],
] as const;
const typeDefsOf = (service: string) =>
  parse(readServiceSdl(service, join(here, '..', 'services', service, 'src')));

interface Place {
  type: string;
  field: string;
}

/** Every field of a schema but those that graphql-js and federation add to each. */
function fieldsOf(schema: GraphQLSchema): Place[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => ({ type: type.name, field })))
    .filter(({ field }) => !field.startsWith('_'));
}

/** Every field that a supergraph file holds, those that its callers cannot see included. */
function fieldsIn(sdl: string): Place[] {
  return parse(sdl).definitions.flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? (type.fields ?? []).map(({ name }) => ({ type: type.name.value, field: name.value }))
      : [],
  );
}

async function apiSchema(sdl: string): Promise<GraphQLSchema> {
  const gateway = new ApolloGateway({ supergraphSdl: sdl });
  const { schema } = await gateway.load();
  await gateway.stop();
  return schema;
}

const withoutRule = (places: Place[], rules: AccessRules): string[] =>
  places.filter(({ type, field }) => !rules.of(type, field)).map(({ type, field }) => `${type}.${field}`);
const told = (rule: AccessRule | null): string =>
  rule === 'PUBLIC' ? rule : [...(rule ?? [])].sort().join();
const openTo = (graph: 'STAFF' | 'PARTNER', rule: AccessRule): boolean => allows(rule, { graph, roles });

describe.each(graphs)('the %s graph', (graph, name) => {
  const sdl = composedSupergraph(name);
  const rules = new AccessRules(parse(sdl));

  it('has, at every field, either roles or a reason to be public', () => {
    const places = fieldsIn(sdl);
    expect(withoutRule(places, rules)).toEqual([]);
    expect(places.length).toBeGreaterThan(700);
  });

  it('shows its callers no field that none of them may ask', async () => {
    const places = fieldsOf(await apiSchema(sdl));
    const closed = places.filter(({ type, field }) => !openTo(graph, rules.of(type, field) ?? new Set()));
    expect(closed).toEqual([]);
    expect(places.length).toBeGreaterThan(100);
  });
});

describe.each(subgraphs.map(({ name }) => name))('the service %s', (name) => {
  const typeDefs = typeDefsOf(name);
  const rules = new AccessRules(typeDefs);
  const places = fieldsOf(buildSubgraphSchema([{ typeDefs }]));

  it('has, at every field, either roles or a reason to be public', () => {
    expect(withoutRule(places, rules)).toEqual([]);
    expect(places.length).toBeGreaterThan(50);
  });

  it.each(graphs)(
    'enforces what the gateway refuses at the %s graph, neither more nor less',
    (_graph, graph) => {
      const ofGateway = new AccessRules(parse(composedSupergraph(graph)));
      const differing = places.filter(
        ({ type, field }) => told(rules.of(type, field)) !== told(ofGateway.of(type, field)),
      );
      expect(differing).toEqual([]);
    },
  );

  it('gives a reason in words wherever a field is public', () => {
    const reasons: string[] = [];
    visit(typeDefs, {
      Directive: ({ name: directive, arguments: given = [] }) => {
        if (directive.value !== 'public') return;
        for (const { value } of given) reasons.push(value.kind === Kind.STRING ? value.value : '');
      },
    });
    expect(reasons.filter((reason) => reason.trim().split(/\s+/).length < 4)).toEqual([]);
    expect(reasons.length).toBeGreaterThan(0);
  });
});

it('leaves subscriptions to the rules of what they read, because each event is a query', async () => {
  const sdl = composedSupergraph('staff');
  const live = withSubscriptions(await apiSchema(sdl));
  const returned = Object.values(live.getSubscriptionType()?.getFields() ?? {});
  const rules = new AccessRules(parse(sdl));
  expect(returned.map(({ name }) => name).sort()).toEqual([...liveFields].sort());
  for (const { type } of returned) expect(told(rules.ofType(String(type)))).toBe('STAFF');
});
