import { uuidV7 } from '@throughline/events';

/** The last look of a member of staff at the timeline of a client. Private to that person. */
export interface Look {
  id: string;
  staffId: string;
  clientId: string;
  lookedAt: Date;
  /** The transactions that the look could see, as PostgreSQL writes a snapshot. */
  seen: string;
}

/** What one answer of `sinceYouLastLooked` showed: the time, and the transactions that it could see. */
export interface Position {
  at: Date;
  seen: string;
}

/** Days that count for somebody who never looked. */
export const firstDays = 30;

/**
 * Days before the last look in which an entry that this service heard of later is still new. A rebuild of the timeline
 * makes every entry look as if it had just been heard of, so there is an end to it.
 */
export const lateDays = 7;

const snapshot = /^\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?$/;

/** The values of a position as a cursor holds them; null when they are none. */
export function readPosition(values: readonly string[] | null): Position | null {
  const [at = '', seen = ''] = values ?? [];
  return Number.isNaN(Date.parse(at)) || !snapshot.test(seen) ? null : { at: new Date(at), seen };
}

/** A new look. */
export function newLook(staffId: string, clientId: string, { at, seen }: Position, now: Date): Look {
  return { id: uuidV7(now), staffId, clientId, lookedAt: at, seen };
}
