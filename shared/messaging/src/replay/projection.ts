import type { Topic } from '@throughline/events';
import type { Reaction } from '../reaction.ts';

/**
 * A copy that a service keeps of what others' facts tell, and nothing but a copy: what stands in `tables` follows
 * from the facts alone, and only these reactions write there. That is why it can be built again at any time.
 */
export interface Projection {
  readonly name: string;
  /** Unqualified, in an order in which rows can be put in; each has a primary key and no generated values. */
  readonly tables: readonly string[];
  readonly reactions: readonly Reaction[];
  /** Who may see or receive something is decided by it: it is never taken over with facts missing. */
  readonly decidesAccess?: true;
}

/**
 * Declares a projection. Its reactions write to its own tables and do nothing else: one that records a fact,
 * schedules something or writes elsewhere stops a rebuild. What has effects stays outside, a reaction of its own.
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
  return [...new Set(reactions.map(({ topic }) => topic))];
}
