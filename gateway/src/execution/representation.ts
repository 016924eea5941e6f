import { deepMerge } from '@apollo/gateway/dist/utilities/deepMerge.js';
import { isObjectOfType } from '@apollo/gateway/dist/dataRewrites.js';
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Data } from './run.ts';

/** Representation of an entity for a service, as JSON; null when the entity lacks a part of it. */
export type Represent = (entity: Data) => string | null;

/** The selections that apply to an object depend on its type only; they are computed once per type. */
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

/** Most entities have one or two keys; their JSON is written without making an object. Null for the others. */
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

/** Text that needs no escape in JSON. */
const asItIs = /^[\w .:-]*$/;

function jsonOf(value: unknown): string {
  return typeof value === 'string' && asItIs.test(value) ? `"${value}"` : JSON.stringify(value);
}

type Build = (source: Data) => Data | null;
/** False: an object with this part cannot be represented. */
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

/** Selections that apply to an object of that type. */
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

/** Undefined for names that every object inherits. */
function ownOf(entity: Data, key: string): unknown {
  return Object.hasOwn(entity, key) ? entity[key] : undefined;
}

/** An entity without the fields of a fragment has nothing of the fragment; other entities may have it. */
function fragmentPart(whole: Build): Part {
  return (source, into) => {
    const built = whole(source);
    if (built) deepMerge(into, built);
    return true;
  };
}
