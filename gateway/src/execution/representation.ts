import { deepMerge } from '@apollo/gateway/dist/utilities/deepMerge.js';
import { isObjectOfType } from '@apollo/gateway/dist/dataRewrites.js';
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Data } from './run.ts';

/** What a service needs to know an entity by, as JSON; null when the entity lacks a part of it. */
export type Represent = (entity: Data) => string | null;

/** Which selections count for an object depends on its type alone: worked out once for each type that comes. */
export function representation(schema: GraphQLSchema, requires: QueryPlanSelectionNode[]): Represent {
  const byTypename = new Map<unknown, Represent>();
  const build = builder(schema, requires);
  const whole: Represent = (entity) => {
    const built = build(entity);
    return built?.__typename ? JSON.stringify(built) : null;
  };
  return (entity) => {
    const { __typename: typename } = entity;
    let represent = byTypename.get(typename);
    if (!represent) {
      represent = plain(applying(schema, requires, typename)) ?? whole;
      byTypename.set(typename, represent);
    }
    return represent(entity);
  };
}

/** Most entities are known by a key or two: their JSON is written without an object. Null for the others. */
function plain([only, another]: QueryPlanSelectionNode[]): Represent | null {
  if (only?.kind !== 'InlineFragment' || another) return null;
  const keys = new Set<string>();
  for (const selection of only.selections) {
    if (selection.kind !== 'Field' || selection.selections) return null;
    keys.add(selection.alias ?? selection.name);
  }
  if (!keys.has('__typename') || keys.has('__proto__')) return null;
  const parts = [...keys].map((key, at) => ({
    key,
    label: `${at === 0 ? '{' : ','}${JSON.stringify(key)}:`,
  }));
  return (entity) => {
    let text = '';
    for (const { key, label } of parts) {
      const value = ownOf(entity, key);
      if (value === undefined) return null;
      text += label + jsonOf(value);
    }
    return entity.__typename ? `${text}}` : null;
  };
}

/** Text that stands in JSON as it is. */
const asItIs = /^[\w .:-]*$/;

function jsonOf(value: unknown): string {
  return typeof value === 'string' && asItIs.test(value) ? `"${value}"` : JSON.stringify(value);
}

type Build = (source: Data) => Data | null;
/** False: what has this part cannot be represented. */
type Part = (source: Data, into: Data) => boolean;

function builder(schema: GraphQLSchema, selections: QueryPlanSelectionNode[]): Build {
  const byTypename = new Map<unknown, Part[]>();
  return (source) => {
    let parts = byTypename.get(source.__typename);
    if (!parts) {
      parts = partsFor(schema, selections, source.__typename);
      byTypename.set(source.__typename, parts);
    }
    const built: Data = {};
    for (const add of parts) if (!add(source, built)) return null;
    return built;
  };
}

function partsFor(schema: GraphQLSchema, selections: QueryPlanSelectionNode[], typename: unknown): Part[] {
  return applying(schema, selections, typename).map((selection) =>
    selection.kind === 'Field'
      ? fieldPart(schema, selection)
      : fragmentPart(builder(schema, selection.selections)),
  );
}

/** What counts of selections for an object of that type. */
function applying(
  schema: GraphQLSchema,
  selections: QueryPlanSelectionNode[],
  typename: unknown,
): QueryPlanSelectionNode[] {
  return selections.filter(
    (selection) =>
      selection.kind === 'Field' ||
      (selection.typeCondition && isObjectOfType(schema, { __typename: typename }, selection.typeCondition)),
  );
}

type Field = Extract<QueryPlanSelectionNode, { kind: 'Field' }>;

function fieldPart(schema: GraphQLSchema, { name, alias, selections }: Field): Part {
  const key = alias ?? name;
  const below = selections && builder(schema, selections);
  const valueOf = (value: unknown): unknown =>
    below ? (value === null ? null : below(value as Data)) : value;
  return (source, into) => {
    const value = ownOf(source, key);
    if (value === undefined) return false;
    into[key] = Array.isArray(value) ? value.map(valueOf) : valueOf(value);
    return true;
  };
}

/** Undefined for what every object has. */
function ownOf(entity: Data, key: string): unknown {
  return Object.hasOwn(entity, key) ? entity[key] : undefined;
}

/** An entity that lacks what a fragment asks has nothing of the fragment; the others may do. */
function fragmentPart(whole: Build): Part {
  return (source, into) => {
    const built = whole(source);
    if (built) deepMerge(into, built);
    return true;
  };
}
