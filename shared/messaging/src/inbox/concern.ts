import { mayRead } from '@throughline/events';
import type { Reaction } from './reaction.ts';
import type { Projection } from '../replay/projection.ts';

/**
 * What a reaction is for. Each concern of a service is a consumer of its own, with positions, retries and parked facts of
 * its own, so that a fault in one concern never delays another.
 * access: what decides who may read or receive something: care relations, consents, restrictions, merges.
 * work: what changes state: needs, referrals, the ledger, escalations.
 * view: what people look at: timeline, notifications, counters.
 * figures: what is counted over many records, and nobody waits for.
 */
export type Concern = 'access' | 'work' | 'view' | 'figures';

export const concerns: readonly Concern[] = ['access', 'work', 'view', 'figures'];

/** Reactions by concern. Those of one concern run in this order in one transaction; concerns do not wait for each other. */
export type Reactions = Readonly<Partial<Record<Concern, readonly Reaction[]>>>;

/** Name of the consumer: its group in Kafka, and its rows in the inbox. */
export function consumerOf(service: string, concern: Concern): string {
  return `${service}.${concern}`;
}

/** Reactions of a service: in each concern first the projections, then the reactions that act on them. */
export function withProjections(projections: readonly Projection[], others: Reactions = {}): Reactions {
  const entries = concerns.map((concern) => [
    concern,
    [
      ...projections.filter((one) => one.concern === concern).flatMap(({ reactions }) => reactions),
      ...(others[concern] ?? []),
    ],
  ]);
  return Object.fromEntries(entries) as Reactions;
}

/**
 * Throws when a service reacts to a restricted fact whose contract does not name it as a reader: the broker would refuse it
 * as well, but later and in the background.
 */
export function mustBeReader(service: string, reactions: Reactions): void {
  for (const { type, restriction } of Object.values(reactions).flat()) {
    if (!mayRead(service, { ...(restriction && { restriction }) }))
      throw new Error(`${service} is no reader of ${type}: its contract in shared/events names the readers`);
  }
}
