import type { Topic } from '@throughline/events';
import type { Concern } from '../inbox/concern.ts';
import type { Reaction } from '../inbox/reaction.ts';

/**
 * A copy of the facts of other services, and nothing else: the rows of `tables` follow from the facts alone,
 * and only these reactions write them. So it can be built again at any time.
 */
export interface Projection {
  readonly name: string;
  /**
   * Without a schema, in an order in which rows can be inserted; each table has a primary key and no generated
   * values.
   */
  readonly tables: readonly string[];
  readonly reactions: readonly Reaction[];
  /** Columns that say when this service heard of a fact: a rebuild neither compares nor changes them in rows that are there. */
  readonly heardColumns?: readonly string[];
  /** An `access` projection decides who may see or receive something: it is never taken over with facts missing. */
  readonly concern: Concern;
}

/**
 * Declares a projection. Its reactions write to its own tables and do nothing else: a reaction that records a
 * fact, schedules something or writes elsewhere stops a rebuild. A reaction with effects is declared outside.
 */
export function defineProjection(projection: Projection): Projection {
  const { name, tables, reactions } = projection;
  if (![name, ...tables].every((word) => /^[a-z][a-z0-9_-]{0,40}$/.test(word)))
    throw new Error(`${name}: a projection and its tables have short names in lower case`);
  if (tables.length === 0 || reactions.length === 0)
    throw new Error(`${name}: a projection has tables and reactions that fill them`);
  return projection;
}

export function topicsOf({ reactions }: Projection): Topic[] {
  return [...new Set(reactions.flatMap(({ topics }) => topics))];
}
