import { agesOn, dayIn, type AgeGroup, type Ages, type Day } from '@throughline/privacy';

/** The age group of a client from a moment on, as the facts of the clients service tell it. */
export interface ClientAge {
  clientId: string;
  knownAt: Date;
  ageGroup: AgeGroup;
}

/** Known age of the client on a day. */
export interface AgeOnDay extends Ages {
  /** Age group as it was recorded. */
  ageGroup: AgeGroup;
}

/**
 * Possible ages of the client on a day; null when no age is known. The last row that is not later than the day
 * counts. For a day before the first row only a range is known, because a screening on paper may be older than
 * the registration. An oldest age below 0 means that the day is before the birth. Source:
 * infra/reference/domain.md 4.1
 */
export function ageOn(day: Day, history: readonly ClientAge[], timeZone: string): AgeOnDay | null {
  const known = history
    .map(({ ageGroup, knownAt }) => ({ ageGroup, since: dayIn(timeZone, knownAt) }))
    .toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const told = known.findLast(({ since }) => since <= day) ?? known[0];
  return told ? { ageGroup: told.ageGroup, ...agesOn(day, told.ageGroup, told.since) } : null;
}
