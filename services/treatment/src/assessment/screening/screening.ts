import type { Care } from '@throughline/care';
import type { Decision } from '@throughline/command/decision';
import { safetyFlagRaised, screeningScored, uuidV7, type Fact } from '@throughline/events';
import { invalidInput, type InputIssue, type Problem } from '@throughline/graphql/problems';
import { today, type AgeGroup, type Moment } from '@throughline/privacy';
import { ageOn, type AgeOnDay, type ClientAge } from '../age/client-age.ts';
import {
  faultsOf,
  isForAge,
  type Answer,
  type CutOffGroup,
  type Instrument,
} from '../instrument/instrument.ts';
import { score, type Score } from '../instrument/score.ts';
import { waitsFor, type SafetyScreen } from './signing.ts';

export type ScreeningMode = 'SELF' | 'INTERVIEW' | 'PROXY';

/** A score. Signed, it never changes: a correction is a new screening that `supersedes` it. */
export interface Screening extends Score {
  id: string;
  clientId: string;
  instrument: string;
  instrumentVersion: string;
  answers: Answer[];
  /** Group whose cut-off counts; null: not known, so all are shown. */
  cutOffGroup: CutOffGroup | null;
  mode: ScreeningMode;
  language: string;
  /** Age group of the client, because of which the instrument was permitted. */
  ageGroup: AgeGroup;
  administeredOn: string;
  administeredBy: string;
  /** When it was scored. */
  recordedAt: Date;
  /** Null while it waits for a safety check. */
  signedAt: Date | null;
  /** Why a clinician signed without the safety check. */
  overrideReason: string | null;
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
  cutOffGroup?: CutOffGroup | null | undefined;
}

const unknownInstrument: InputIssue = {
  path: 'instrument',
  code: 'UNKNOWN',
  message: 'There is no such instrument; ask `instruments` for the list.',
};

/** Faults because of which nothing is scored. `today` is the day in the time zone of the program. */
function screeningFaults(
  { answers, administeredOn }: ScreeningDraft,
  instrument: Instrument | null,
  today: string,
): InputIssue[] {
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

/** What is known before the screening. */
export interface KnownBefore {
  /** The current version of the instrument; null: there is none of this code. */
  instrument: Instrument | null;
  /** The screening that this one corrects. */
  corrected: Screening | null;
  ages: readonly ClientAge[];
  /** Safety checks of the client that could let this one be signed. */
  safetyScreens: readonly SafetyScreen[];
}

/**
 * Scores a screening, and signs it unless an answer needs a safety check first.
 * Source: infra/reference/domain.md 4.1, 4.3.
 */
export function recordScreening(
  draft: ScreeningDraft,
  { instrument, corrected, ages, safetyScreens }: KnownBefore,
  by: SignedBy,
  at: Moment,
): Decision<Screening, never> {
  const administeredOn = draft.administeredOn ?? today(at);
  const age = ageOn(administeredOn, ages, at.timeZone);
  // Only the age group is known here. It can prove that a day is before the birth, but not near the birth.
  const faults = [
    ...screeningFaults(draft, instrument, today(at)),
    ...(age && age.oldest < 0 ? [beforeBirth] : []),
  ];
  if (!instrument || faults.length > 0) return invalidInput(faults);
  if (!age || !isForAge(instrument, age)) return notForAge(instrument, age);

  const answers = draft.answers.map(({ item, value }) => ({ item, value }));
  const cutOffGroup = draft.cutOffGroup ?? null;
  const scored: Screening = {
    ...{ id: uuidV7(at.now), clientId: by.care.clientId },
    ...{ instrument: instrument.code, instrumentVersion: instrument.version, answers, cutOffGroup },
    ...score(instrument, answers, cutOffGroup),
    ...{ mode: draft.mode, language: draft.language, ageGroup: age.ageGroup },
    ...{ administeredOn, administeredBy: by.authorId },
    ...{ recordedAt: at.now, signedAt: null, overrideReason: null, supersedes: corrected?.id ?? null },
  };
  const screening = { ...scored, signedAt: waitsFor(scored, safetyScreens) ? null : at.now };
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
  const { id: screeningId, clientId, recordedAt } = screening;
  const { caseManagerId, supervisorId } = care;
  const team = { authorId, caseManagerId, supervisorId };
  return [
    screeningScored.of(clientId, recordedAt, { screeningId, clientId }),
    ...newFlags(screening, corrected).map(() =>
      safetyFlagRaised.of(clientId, recordedAt, { screeningId, clientId, ...team }),
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
  recordedAt: Date;
}

/**
 * A flag is open until a later screening asks again and does not raise it. `newestFirst` holds no superseded
 * screenings.
 */
export function openFlags(newestFirst: readonly FlagSource[]): SafetyFlag[] {
  const decided = new Map<string, SafetyFlag | null>();
  for (const { id, flags, asked, recordedAt } of newestFirst) {
    for (const flag of asked.filter((name) => !decided.has(name))) {
      decided.set(flag, flags.includes(flag) ? { screeningId: id, flag, raisedAt: recordedAt } : null);
    }
  }
  return [...decided.values()].filter((flag) => flag !== null);
}
