import { dayIn, isDay, type AgeGroup, type Day } from '@throughline/privacy';
import type { Obligation } from '../../aftercare/obligation/obligation.ts';
import { ageOn, type ClientAge } from '../../assessment/age/client-age.ts';
import type { Diagnosis } from '../../assessment/diagnosis/diagnosis.ts';
import type { Screening } from '../../assessment/screening/screening.ts';
import type { CrisisAlert } from '../../crisis/crisis-alert/crisis-alert.ts';
import type { Episode } from '../../episode/episode/episode.ts';
import type { OutcomeData } from '../../episode/outcome-data/outcome-data.ts';
import type { Stay } from '../../episode/stay/stay.ts';
import type { Visit } from '../../episode/visit/visit.ts';
import type { Goal } from '../../planning/goal/goal.ts';
import { inOrder, type Told } from './told.ts';

/** What a measure asks of a screening: its result, and nothing that was answered. */
export type Result = Pick<
  Screening,
  'id' | 'instrument' | 'total' | 'positive' | 'administeredOn' | 'signedAt' | 'supersedes'
>;

/** What a measure asks of a diagnosis. */
export type Diagnosed = Pick<Diagnosis, 'code' | 'status' | 'onsetOn' | 'recordedAt'>;

/** Everything that measures know of one client: facts, and the records of this service. */
export interface History {
  clientId: string;
  told: readonly Told[];
  obligations: readonly Obligation[];
  stays: readonly Stay[];
  visits: readonly Visit[];
  episodes: readonly Episode[];
  sheets: readonly OutcomeData[];
  results: readonly Result[];
  crises: readonly CrisisAlert[];
  goals: readonly Goal[];
  diagnoses: readonly Diagnosed[];
  timeZone: string;
}

export const emptyHistory = {
  ...{ told: [], obligations: [], stays: [], visits: [], episodes: [], sheets: [], results: [] },
  ...{ crises: [], goals: [], diagnoses: [] },
} as const satisfies Partial<History>;

export function toldOf({ told }: Pick<History, 'told'>, ...types: string[]): Told[] {
  return inOrder(told.filter(({ type }) => types.includes(type)));
}

/** Conversations in which somebody reached the client, by their last correction, oldest first. */
export function reachedAt(history: Pick<History, 'told'>): Date[] {
  const last = new Map(
    toldOf(history, 'ContactLogged', 'ContactCorrected').map((one) => [one.subjectId, one]),
  );
  return [...last.values()]
    .flatMap(({ yes, toldAt }) => (yes && toldAt ? [toldAt] : []))
    .sort((a, b) => +a - +b);
}

/** When the client died, as cases and discharges say it; null while nobody says so. */
export function diedAt(history: Pick<History, 'told' | 'stays'>): Date | null {
  const closed = toldOf(history, 'CaseClosed').find(({ code }) => code === 'DECEASED')?.at;
  const left = history.stays.find(({ dischargeType }) => dischargeType === 'DIED')?.endedAt;
  return closed ?? left ?? null;
}

/** The highest age that the client can have on a day; null while the age is not known. */
export function oldestOn(history: History, day: Day): number | null {
  const ages = toldOf(history, 'ClientAgeGroupChanged').reduce<ClientAge[]>(
    (known, { at: knownAt, code, yes, ownerId: clientId }) => [
      ...(yes ? [] : known),
      ...(code === null ? [] : [{ clientId, knownAt, ageGroup: code as AgeGroup }]),
    ],
    [],
  );
  return isDay(day) ? (ageOn(day, ages, history.timeZone)?.oldest ?? null) : null;
}

/** Who led the case, whose team it was, and the program, at a moment. What was written down later counts for before. */
export interface Attribution {
  staffId: string | null;
  teamId: string | null;
  program: string | null;
}

export function attributionAt(history: Pick<History, 'told'>, at: Date): Attribution {
  const assigned = asOf(toldOf(history, 'CaseManagerAssigned'), at);
  const named = asOf(toldOf(history, 'CaseProgramNamed'), at);
  return {
    staffId: assigned?.staffId ?? null,
    teamId: assigned?.groupId ?? null,
    program: named?.code ?? null,
  };
}

function asOf(told: readonly Told[], at: Date): Told | undefined {
  return told.findLast((one) => one.at <= at) ?? told[0];
}

export const dayOf = ({ timeZone }: Pick<History, 'timeZone'>, at: Date): Day => dayIn(timeZone, at);
