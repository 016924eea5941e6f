import type { AgeGroup } from '@throughline/privacy';
import type { Answer } from '../instrument/instrument.ts';

export type ScreeningMode = 'SELF' | 'INTERVIEW' | 'PROXY';

/** A signed score. It never changes: a correction is a new screening that `supersedes` it. */
export interface Screening {
  id: string;
  clientId: string;
  instrument: string;
  instrumentVersion: string;
  answers: Answer[];
  total: number | null;
  band: string | null;
  positive: boolean | null;
  prorated: boolean;
  missingItems: number[];
  flags: string[];
  mode: ScreeningMode;
  language: string;
  /** As it was known of the client: why the instrument was permitted. */
  ageGroup: AgeGroup;
  administeredOn: string;
  administeredBy: string;
  signedAt: Date;
  supersedes: string | null;
}

/** A correction tells the supervisor again only of what the corrected screening had not raised. */
export function newFlags(screening: Screening, corrected: Screening | null): string[] {
  return screening.flags.filter((flag) => !corrected?.flags.includes(flag));
}

export interface SafetyFlag {
  screeningId: string;
  flag: string;
  raisedAt: Date;
}

/** What the open flags are read from: the item decides, so an unanswered item never closes a flag. */
export interface FlagSource {
  id: string;
  flags: string[];
  /** Flags whose item was answered, raised or not. */
  asked: string[];
  signedAt: Date;
}

/**
 * A flag is open until a later screening asks again and does not raise it. `newestFirst` holds no superseded
 * screenings.
 */
export function openFlags(newestFirst: readonly FlagSource[]): SafetyFlag[] {
  const decided = new Map<string, SafetyFlag | null>();
  for (const { id, flags, asked, signedAt } of newestFirst) {
    for (const flag of asked.filter((name) => !decided.has(name))) {
      decided.set(flag, flags.includes(flag) ? { screeningId: id, flag, raisedAt: signedAt } : null);
    }
  }
  return [...decided.values()].filter((flag) => flag !== null);
}
