import { roleForbidden, type Viewer } from '@throughline/graphql';
import {
  defaultFieldResolver,
  getNamedType,
  isNonNullType,
  isNullableType,
  isObjectType,
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { CareReader } from './care-reader.ts';
import { PartRules } from './part-rules.ts';
import { reasonFor, type Part } from './reach.ts';
import { valueFaults } from './value-parts.ts';

interface Asking {
  viewer: Viewer;
  care: CareReader;
}
type Field = GraphQLField<Row, Asking>;
type Row = Readonly<{ id?: unknown; clientId?: unknown }>;
type ResolveReference = (reference: object, context: Asking, info: unknown) => unknown;

/** A type that is bound to a client, and the parts that a viewer must read to read the object at all. */
interface Bound {
  type: GraphQLObjectType;
  /** Parts of the fields that are never null. */
  needed: ReadonlySet<Part>;
}

/**
 * Guards each field of each type that is bound to a client with the part that the SDL names. A field of a part that
 * the viewer does not reach is null, and the list of `FieldAccess` of its object says why. An object whose fields are
 * never null is itself null, wherever it comes from. Throws at the start when a field of such a type, or a value that
 * stands in it, has no part.
 */
export function enforceParts(schema: GraphQLSchema, document: DocumentNode): void {
  const rules = new PartRules(document);
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const bound = new Map<string, Bound>();
  for (const type of types) {
    if (rules.isBound(type.name)) bound.set(type.name, { type, needed: neededFor(type, rules) });
  }
  const unsaid = [...bound.values()].flatMap(({ type }) =>
    guardable(type, rules)
      .filter(({ name }) => !rules.of(type.name, name))
      .map(({ name }) => `${type.name}.${name}`),
  );
  if (unsaid.length > 0)
    throw new Error(`Which @part of the record of a client is it: ${unsaid.join(', ')}?`);

  const values = valueFaults(schema, rules);
  if (values.length > 0)
    throw new Error(`Which @part of the record of a client is all of it: ${values.join(', ')}?`);

  for (const type of types) {
    for (const field of fieldsOf(type)) guardEntrance(field, bound);
  }
  for (const one of bound.values()) {
    for (const field of fieldsOf(one.type)) {
      const part = rules.of(one.type.name, field.name);
      const leadsToBound = (bound.get(getNamedType(field.type).name)?.needed.size ?? 0) > 0;
      if (part) guardPart(one, field, { part, leadsToBound });
      if (isAccessList(field)) field.resolve = accessListOf(one, rules);
    }
    guardReference(one);
  }
}

function fieldsOf(type: GraphQLObjectType): Field[] {
  return Object.values(type.getFields()) as Field[];
}

/** All fields that need a part: neither the key of the object nor the list that says what is withheld. */
function guardable(type: GraphQLObjectType, rules: PartRules): Field[] {
  return fieldsOf(type).filter((field) => !rules.isKey(type.name, field.name) && !isAccessList(field));
}

function isAccessList({ type }: Field): boolean {
  return getNamedType(type).name === 'FieldAccess';
}

function neededFor(type: GraphQLObjectType, rules: PartRules): ReadonlySet<Part> {
  const never = guardable(type, rules).filter((field) => isNonNullType(field.type));
  return new Set(never.flatMap(({ name }) => rules.of(type.name, name) ?? []));
}

function clientIdOf(type: string, row: Row): unknown {
  return type === 'Client' ? row.id : row.clientId;
}

/** Hands on `then` what the viewer reads of the client; without a promise, where it is known. */
function withParts<Answer>(
  { care }: Asking,
  clientId: string,
  then: (parts: ReadonlySet<Part>) => Answer,
): Answer | Promise<Answer> {
  const parts = care.readable(clientId);
  return parts instanceof Promise ? parts.then(then) : then(parts);
}

function guardPart(bound: Bound, field: Field, guard: { part: Part; leadsToBound: boolean }): void {
  const { type } = bound;
  const resolve = field.resolve ?? defaultFieldResolver;
  const refuse = (): null => {
    if (isNullableType(field.type)) return null;
    throw roleForbidden();
  };
  field.resolve = (row, args, context, info) => {
    const clientId = clientIdOf(type.name, row);
    // A row that concerns no client.
    if (clientId === null) return resolve(row, args, context, info);
    if (typeof clientId === 'string') {
      return withParts(context, clientId, (parts) =>
        parts.has(guard.part) ? resolve(row, args, context, info) : refuse(),
      );
    }
    // Of a reference only the key is known. The objects that it leads to know their client and are guarded themselves.
    return guard.leadsToBound ? resolve(row, args, context, info) : refuse();
  };
}

/** Takes out of the answer of a field every object that the viewer may not read at all. */
function guardEntrance(field: Field, bound: ReadonlyMap<string, Bound>): void {
  const one = bound.get(getNamedType(field.type).name);
  if (!one || one.needed.size === 0) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (row, args, context, info) => admitted(one, context, resolve(row, args, context, info));
}

/** Guards the way in by the key of an entity. */
function guardReference(one: Bound): void {
  const { type, needed } = one;
  const extensions = type.extensions as { apollo?: { subgraph?: { resolveReference?: ResolveReference } } };
  const own = extensions.apollo?.subgraph?.resolveReference;
  if (!own || needed.size === 0) return;
  const resolveReference: ResolveReference = (reference, context, info) =>
    admitted(one, context, own(reference, context, info));
  type.extensions = {
    ...type.extensions,
    apollo: { ...extensions.apollo, subgraph: { ...extensions.apollo?.subgraph, resolveReference } },
  };
}

/** The object or list without what the viewer may not read: null for an object, nothing for a member of a list. */
async function admitted(one: Bound, context: Asking, answer: unknown): Promise<unknown> {
  const found = await answer;
  if (!Array.isArray(found)) return admit(one, context, found);
  const rows = await Promise.all(found.map((row: unknown) => admit(one, context, row)));
  return rows.filter((row) => row !== null);
}

function admit({ type, needed }: Bound, context: Asking, row: unknown): unknown {
  if (row === null || row === undefined || row instanceof Error) return row ?? null;
  const clientId = clientIdOf(type.name, row);
  if (clientId === null) return row;
  if (typeof clientId !== 'string') return null;
  return withParts(context, clientId, (parts) => ([...needed].every((part) => parts.has(part)) ? row : null));
}

/** Names each field that can be withheld, and says whether it is. */
function accessListOf({ type, needed }: Bound, rules: PartRules): NonNullable<Field['resolve']> {
  const fields = guardable(type, rules).flatMap(({ name }) => {
    const part = rules.of(type.name, name);
    return part && part !== 'EXISTENCE' && !needed.has(part) ? [{ field: name, part }] : [];
  });
  return async (row, _args, { care, viewer }) => {
    const clientId = clientIdOf(type.name, row);
    // A row that concerns no client withholds nothing.
    if (clientId === null) return fields.map(({ field }) => ({ field, allowed: true, reason: 'OK' }));
    const known = typeof clientId === 'string' ? await care.load(clientId) : null;
    return fields.map(({ field, part }) => {
      const reason = reasonFor(viewer, known, part);
      return { field, allowed: reason === 'OK', reason };
    });
  };
}
