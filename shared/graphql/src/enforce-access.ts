import {
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { allows, isWithin, type AccessRule } from './access-rule.ts';
import type { AccessRules } from './access-rules.ts';
import { roleForbidden } from './errors.ts';
import type { Viewer } from './viewer.ts';

interface Asking {
  viewer: Viewer;
}
type Field = GraphQLField<unknown, Asking>;
type ResolveReference = (reference: object, context: Asking, info: unknown) => unknown;

/**
 * Fields that federation adds to every subgraph: one gives the SDL, the other gives entities, each with its own
 * check.
 */
const ofFederation = new Set(['Query._entities', 'Query._service', '_Service.sdl']);

/**
 * Wraps each resolver with the access rule of its field: a field that the viewer may not ask for is FORBIDDEN,
 * also for a request that did not pass the gateway. Throws at start when a field has no rule. A field is
 * checked where somebody who may not ask for it can reach its object; a field that only permitted people can
 * reach is not checked again.
 */
export function enforceAccess(schema: GraphQLSchema, rules: AccessRules): GraphQLSchema {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.startsWith('__'));
  const fields = types.flatMap((type) => fieldsOf(type.name, type.getFields(), rules));
  const unruled = fields.filter(({ rule }) => rule === null).map(({ place }) => place);
  if (unruled.length > 0) throw new Error(`Neither @access nor @public: ${unruled.join(', ')}`);

  const entrances = entrancesOf(schema, fields);
  const entities = entitiesOf(schema);
  for (const type of types.filter(isObjectType)) {
    const ways = [...(entrances.get(type.name) ?? [])];
    if (entities.has(type)) ways.push(guardReference(type, rules.ofType(type.name)));
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    for (const { field, rule } of fieldsOf(type.name, type.getFields(), rules)) {
      if (rule && (isRoot || !ways.every((way) => isWithin(way, rule)))) guard(field, rule);
    }
  }
  return schema;
}

interface RuledField {
  place: string;
  field: Field;
  rule: AccessRule | null;
}

function fieldsOf(type: string, fields: Readonly<Record<string, Field>>, rules: AccessRules): RuledField[] {
  return Object.values(fields)
    .map((field) => ({ place: `${type}.${field.name}`, field, rule: rules.of(type, field.name) }))
    .filter(({ place }) => !ofFederation.has(place));
}

/** The rules of the fields that lead to each type, directly or through a union or an interface. */
function entrancesOf(schema: GraphQLSchema, fields: readonly RuledField[]): Map<string, Set<AccessRule>> {
  const entrances = new Map<string, Set<AccessRule>>();
  for (const { field, rule } of fields) {
    const type = getNamedType(field.type);
    const reached = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    for (const { name } of reached) {
      const ways = entrances.get(name) ?? new Set();
      entrances.set(name, rule ? ways.add(rule) : ways);
    }
  }
  return entrances;
}

function guard(field: Field, rule: AccessRule): void {
  if (rule === 'PUBLIC') return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, context, info) => {
    if (!allows(rule, context.viewer)) throw roleForbidden();
    return resolve(parent, args, context, info);
  };
}

/** Entities that can be asked for by their key. */
function entitiesOf(schema: GraphQLSchema): ReadonlySet<GraphQLObjectType> {
  const union = schema.getType('_Entity');
  return new Set(isAbstractType(union) ? schema.getPossibleTypes(union) : []);
}

/** Checks access by the key of an entity. Returns its rule: a type without a rule of its own is open. */
function guardReference(type: GraphQLObjectType, rule: AccessRule | null): AccessRule {
  if (!rule || rule === 'PUBLIC') return 'PUBLIC';
  const extensions = type.extensions as { apollo?: { subgraph?: { resolveReference?: ResolveReference } } };
  const own = extensions.apollo?.subgraph?.resolveReference ?? ((reference) => reference);
  const resolveReference: ResolveReference = (reference, context, info) =>
    // A thrown error would fail the other entities of the same call.
    allows(rule, context.viewer) ? own(reference, context, info) : Promise.reject(roleForbidden());
  type.extensions = {
    ...type.extensions,
    apollo: { ...extensions.apollo, subgraph: { ...extensions.apollo?.subgraph, resolveReference } },
  };
  return rule;
}
