import type { Care } from '@throughline/care';
import type { Decision } from '@throughline/command/decision';
import { safetyFlagRaised, screeningScored, uuidV7, type Fact } from '@throughline/events';
import { invalidInput, type InputIssue, type Problem } from '@throughline/graphql/problems';
import { today, type AgeGroup, type Moment } from '@throughline/privacy';
import { ageOn, type AgeOnDay, type ClientAge } from '../age/client-age.ts';
import { findInstrument } from '../instrument/definitions.ts';
import { faultsOf, isForAge, score, type Answer, type Instrument } from '../instrument/instrument.ts';

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
  /** Age group of the client, because of which the instrument was permitted. */
  ageGroup: AgeGroup;
  administeredOn: string;
  administeredBy: string;
  signedAt: Date;
  supersedes: string | null;
}

export interface InstrumentNotForAge extends Problem {
  kind: 'InstrumentNotForAge';
  youngest: number;
  oldest: number | null;
}

export interface ScreeningDraft extends Pick<Screening, 'mode' | 'language'> {
  instrument: string;
  answers: readonly Answer[];
  administeredOn?: string | null | undefined;
}

const unknownInstrument: InputIssue = {
  path: 'instrument',
  code: 'UNKNOWN',
  message: 'There is no such instrument; ask `instruments` for the list.',
};

/** Faults because of which nothing is scored. `today` is the day in the time zone of the program. */
function screeningFaults(
  { instrument: code, answers, administeredOn }: ScreeningDraft,
  today: string,
): InputIssue[] {
  const instrument = findInstrument(code);
  const faults: InputIssue[] = instrument
    ? faultsOf(instrument, answers).map(({ index, ...fault }) => ({
        ...fault,
        path: `answers.${String(index)}`,
      }))
    : [unknownInstrument];
  if (answers.length === 0)
    faults.push({ path: 'answers', code: 'MISSING', message: 'Send at least one answer.' });
  if (administeredOn && administeredOn > today)
    faults.push({ path: 'administeredOn', code: 'IN_FUTURE', message: 'This day has not come yet.' });
  return faults;
}

/** Author, client, and the people who must be told of a safety flag. */
export interface SignedBy {
  care: Pick<Care, 'clientId' | 'caseManagerId' | 'supervisorId'>;
  authorId: string;
}

/** Known facts before the screening: the screening that it corrects, and the recorded ages. */
export interface KnownBefore {
  corrected: Screening | null;
  ages: readonly ClientAge[];
}

/** Scores and signs a screening. */
export function recordScreening(
  draft: ScreeningDraft,
  { corrected, ages }: KnownBefore,
  by: SignedBy,
  at: Moment,
): Decision<Screening, never> {
  const instrument = findInstrument(draft.instrument);
  const administeredOn = draft.administeredOn ?? today(at);
  const age = ageOn(administeredOn, ages, at.timeZone);
  // Only the age group is known here. It can prove that a day is before the birth, but not near the birth.
  const faults = [...screeningFaults(draft, today(at)), ...(age && age.oldest < 0 ? [beforeBirth] : [])];
  if (!instrument || faults.length > 0) return invalidInput(faults);
  if (!age || !isForAge(instrument, age)) return notForAge(instrument, age);

  const answers = draft.answers.map(({ item, value }) => ({ item, value }));
  const screening: Screening = {
    ...{ id: uuidV7(at.now), clientId: by.care.clientId },
    ...{ instrument: instrument.code, instrumentVersion: instrument.version, answers },
    ...score(instrument, answers),
    ...{ mode: draft.mode, language: draft.language, ageGroup: age.ageGroup },
    ...{ administeredOn, administeredBy: by.authorId },
    ...{ signedAt: at.now, supersedes: corrected?.id ?? null },
  };
  return { insert: screening, facts: factsOf(screening, corrected, by) };
}

const beforeBirth: InputIssue = {
  path: 'administeredOn',
  code: 'BEFORE_BIRTH',
  message: 'On this day the client was not born yet.',
};

function notForAge({ code, ages }: Instrument, age: AgeOnDay | null): InstrumentNotForAge {
  const upTo = ages.to === null ? 'and older' : `to ${String(ages.to)}`;
  const advice = age
    ? 'choose another instrument.'
    : 'record the date of birth or the age band of the client first.';
  return {
    kind: 'InstrumentNotForAge',
    message: `${code} is valid for ages ${String(ages.from)} ${upTo} only; ${advice}`,
    youngest: ages.from,
    oldest: ages.to,
  };
}

/** A correction tells the supervisor only about flags that the corrected screening had not raised. */
function factsOf(screening: Screening, corrected: Screening | null, { care, authorId }: SignedBy): Fact[] {
  const { id: screeningId, clientId, signedAt } = screening;
  const { caseManagerId, supervisorId } = care;
  return [
    screeningScored.of(clientId, signedAt, { screeningId, clientId }),
    ...newFlags(screening, corrected).map(() =>
      safetyFlagRaised.of(clientId, signedAt, {
        screeningId,
        clientId,
        authorId,
        caseManagerId,
        supervisorId,
      }),
    ),
  ];
}

export function newFlags(screening: Screening, corrected: Screening | null): string[] {
  return screening.flags.filter((flag) => !corrected?.flags.includes(flag));
}

export interface SafetyFlag {
  screeningId: string;
  flag: string;
  raisedAt: Date;
}

/** Source of the open flags: the item decides, so an unanswered item never closes a flag. */
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
