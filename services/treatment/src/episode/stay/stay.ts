import type { Change, Decision } from '@throughline/command/decision';
import {
  episodePhaseChanged,
  stayAdmitted,
  stayCorrected,
  stayDischarged,
  uuidV7,
} from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  issueAt,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { addDays, dayIn, type Moment } from '@throughline/privacy';
import { endFaults, stageOf, type Episode } from '../episode/episode.ts';
import { isLevel } from '../../assessment/level-of-care/edition.ts';

export type CareReason = 'MENTAL_HEALTH' | 'SELF_HARM' | 'SUBSTANCE_USE' | 'OVERDOSE' | 'OTHER';

/** Time in one setting at one level of care, inside one episode. */
export interface Stay {
  id: string;
  episodeId: string;
  clientId: string;
  setting: string;
  levelOfCare: string | null;
  asamEdition: number | null;
  facilityName: string | null;
  reasons: CareReason[];
  planned: boolean;
  startedAt: Date;
  endedAt: Date | null;
  /** Null while the stay is open, and when the treatment went on at another level. */
  dischargeType: string | null;
  endReason: string | null;
  /** The client goes on with hospice care. */
  toHospice: boolean;
  /** Why the client left as COMPLETED or TRANSFERRED without a plan for the time after. */
  withoutPlanReason: string | null;
  /** When somebody wrote the discharge down. */
  dischargeRecordedAt: Date | null;
  /** The inpatient or residential stay to which an unplanned stay is a return within 30 days. */
  readmissionOfId: string | null;
  version: number;
}

/** A discharge date of before; written once. */
export interface DischargeCorrection {
  id: string;
  stayId: string;
  from: Date;
  to: Date;
  reason: string;
  by: string;
  at: Date;
}

export interface StayDraft {
  setting: string;
  levelOfCare?: string | null | undefined;
  asamEdition?: number | null | undefined;
  facilityName?: string | null | undefined;
  reasons: readonly CareReason[];
  planned: boolean;
  at?: Date | null | undefined;
}

/** Settings with a bed, a return to which counts as a readmission. */
const bedSettings: readonly string[] = [
  'HOSPITAL',
  'PSYCH_HOSPITAL',
  'REHABILITATION_CENTER',
  'RESIDENTIAL_SUD',
  'DETOX',
];
/** Source: infra/reference/domain.md 4.6. */
export const READMISSION_DAYS = 30;
export const GAP_DAYS = 30;

export function isBed({ setting }: Pick<Stay, 'setting'>): boolean {
  return bedSettings.includes(setting);
}

/**
 * Admits a client to a setting. A stay of the episode that is open ends at the same moment, and the treatment goes on.
 * More than 30 days without a stay are the end of the episode: the next treatment is a new one. Answers InvalidInput or
 * InvalidTransition. Source: infra/reference/domain.md 4.6.
 */
export function admitStay(
  episode: Episode,
  draft: StayDraft,
  stays: readonly Stay[],
  { now, timeZone }: Moment,
): (Change<Stay, Episode, Stay> & { insert: Stay; ends: Stay | null }) | InvalidInput | InvalidTransition {
  if (episode.phase === 'ENDED') return invalidTransition(episode.phase, 'admitStay', []);
  const startedAt = draft.at ?? now;
  const own = stays.filter(({ episodeId }) => episodeId === episode.id);
  const faults = admissionFaults(episode, { ...draft, at: startedAt }, own, { now, timeZone });
  if (faults.length > 0) return invalidInput(faults);
  const open = own.find(({ endedAt }) => endedAt === null) ?? null;
  const { id: episodeId, clientId } = episode;
  const { setting, levelOfCare = null, asamEdition = null, facilityName = null, planned } = draft;
  const insert: Stay = {
    ...{ id: uuidV7(now), episodeId, clientId, setting, levelOfCare, asamEdition, facilityName, planned },
    ...{ reasons: [...new Set(draft.reasons)].sort(), startedAt, endedAt: null, dischargeType: null },
    ...{ endReason: null, toHospice: false, withoutPlanReason: null, dischargeRecordedAt: null, version: 1 },
    readmissionOfId: readmissionOf({ setting, planned, startedAt }, stays, timeZone)?.id ?? null,
  };
  const entered = inTreatment(episode, startedAt);
  const moves = entered.phase !== episode.phase;
  const facts = [
    stayAdmitted.of(clientId, now, { stayId: insert.id, clientId }),
    ...(moves ? [episodePhaseChanged.of(clientId, now, { episodeId, clientId })] : []),
  ];
  const ends = open && { ...open, endedAt: startedAt, version: open.version + 1 };
  return { insert, ...(moves && { update: entered }), facts, ends };
}

function admissionFaults(
  { dateOfFirstContact }: Episode,
  { at, levelOfCare, asamEdition }: StayDraft & { at: Date },
  own: readonly Stay[],
  { now, timeZone }: Moment,
): InputIssue[] {
  const faults: InputIssue[] = [];
  const day = dayIn(timeZone, at);
  const last = own.map(({ startedAt, endedAt }) => endedAt ?? startedAt).sort((a, b) => +b - +a)[0];
  if (at > now) faults.push(issueAt('at', 'IN_FUTURE', 'A stay is recorded when it has begun.'));
  else if (dateOfFirstContact && day < dateOfFirstContact)
    faults.push(issueAt('at', 'BEFORE_START', 'It lies before the first contact.'));
  else if (last && at < last)
    faults.push(issueAt('at', 'OVERLAPS', 'Another stay of this episode lasted longer.'));
  else if (isAfterGap(own, day, timeZone))
    faults.push(
      issueAt('at', 'AFTER_GAP', 'More than 30 days lie between: end the episode and start a new one.'),
    );
  if (levelOfCare && !isLevel(levelOfCare, asamEdition ?? null))
    faults.push(issueAt('levelOfCare', 'UNKNOWN', 'This edition of the ASAM Criteria has no such level.'));
  if (!levelOfCare && asamEdition)
    faults.push(issueAt('levelOfCare', 'REQUIRED', 'Say the level of this edition.'));
  return faults;
}

/** Whether the treatment had stopped for so long that it is another one. */
function isAfterGap(own: readonly Stay[], day: string, timeZone: string): boolean {
  const isOpen = own.some(({ endedAt }) => endedAt === null);
  const ends = own.flatMap(({ endedAt }) => (endedAt ? [dayIn(timeZone, endedAt)] : []));
  const last = ends.sort().at(-1);
  return !isOpen && last !== undefined && day > addDays(last, GAP_DAYS);
}

/** A stay brings an episode into treatment; the first admission stays. */
function inTreatment(episode: Episode, at: Date): Episode {
  const stage = stageOf(episode.phase);
  if (stage === 'PRE_TREATMENT')
    return { ...episode, phase: 'ADMITTED', admittedAt: episode.admittedAt ?? at };
  return stage === 'AFTERCARE' ? { ...episode, phase: 'ACTIVE' } : episode;
}

/** The stay to which an unplanned stay with a bed is a return within 30 days. Source: infra/reference/domain.md 4.6. */
export function readmissionOf(
  { setting, planned, startedAt }: Pick<Stay, 'setting' | 'planned' | 'startedAt'>,
  stays: readonly Stay[],
  timeZone: string,
): Stay | null {
  if (planned || !isBed({ setting })) return null;
  const day = dayIn(timeZone, startedAt);
  const former = stays.filter(
    (stay): stay is Stay & { endedAt: Date } =>
      isBed(stay) && stay.dischargeType !== null && stay.endedAt !== null && stay.endedAt <= startedAt,
  );
  const last = former.sort((a, b) => +b.endedAt - +a.endedAt)[0];
  return last && day <= addDays(dayIn(timeZone, last.endedAt), READMISSION_DAYS) ? last : null;
}

/**
 * Whether a stay has the recommended level; null when a level is not known, or when they are of different editions.
 * Source: infra/reference/domain.md 4.5.
 */
export function isRecommended(
  { levelOfCare, asamEdition }: Pick<Stay, 'levelOfCare' | 'asamEdition'>,
  { recommended, edition }: { recommended: string | null; edition: number },
): boolean | null {
  if (!levelOfCare || !recommended || (asamEdition ?? 4) !== edition) return null;
  return levelOfCare === recommended;
}

export interface Discharge {
  dischargeType: string;
  endReason: string;
  at?: Date | null | undefined;
  toHospice?: boolean | null | undefined;
  withoutPlanReason?: string | null | undefined;
}

/** Discharges that a plan for the time after treatment must precede (S9). Source: infra/reference/domain.md 4.6. */
const planned: readonly string[] = ['COMPLETED', 'TRANSFERRED'];

/** Ends a stay with type and reason. It may be written down late. Source: infra/reference/domain.md 4.6. */
export function dischargeStay(
  stay: Stay,
  discharge: Discharge,
  { hasPlan, isTakenOver, now }: { hasPlan: boolean; isTakenOver: boolean; now: Date },
): Decision<never, Stay, InvalidInput | InvalidTransition> {
  if (stay.endedAt) return invalidTransition('ENDED', 'dischargeStay', []);
  const { dischargeType, endReason, at, toHospice } = discharge;
  const endedAt = at ?? now;
  const needsPlan = planned.includes(dischargeType) && !hasPlan;
  const withoutPlanReason = needsPlan ? textOf(discharge.withoutPlanReason) : null;
  const faults = [...dayFaults(stay, endedAt, now), ...endFaults({ dischargeType, endReason })];
  if (needsPlan && !withoutPlanReason)
    faults.push(
      issueAt(
        'withoutPlanReason',
        'AFTERCARE_PLAN_MISSING',
        'Put an aftercare plan into force, or say why there is none.',
      ),
    );
  if (dischargeType === 'TRANSFERRED' && !isTakenOver)
    faults.push(
      issueAt(
        'dischargeType',
        'RECEIVER_NOT_CONFIRMED',
        'Nobody is transferred until the receiver of a transition out of this stay has confirmed.',
      ),
    );
  if (faults.length > 0) return invalidInput(faults);
  const { id: stayId, clientId } = stay;
  const how = { dischargeType, endReason, toHospice: toHospice ?? false, withoutPlanReason };
  const facts = [stayDischarged.of(clientId, now, { stayId, clientId })];
  return { update: { ...stay, endedAt, ...how, dischargeRecordedAt: now }, facts };
}

/** Corrects when a client was discharged; the date of before is kept. What follows from the date moves with it. */
export function correctDischarge(
  { stay, later }: { stay: Stay; later: readonly Stay[] },
  { at: to, reason }: { at: Date; reason: string },
  { by, now }: { by: string; now: Date },
): (Change<never, Stay> & { correction: DischargeCorrection }) | InvalidInput | InvalidTransition {
  if (!stay.endedAt || !stay.dischargeType)
    return invalidTransition(stay.endedAt ? 'ENDED' : 'OPEN', 'correctDischarge', []);
  const faults = dayFaults(stay, to, now);
  if (later.some(({ startedAt }) => startedAt < to))
    faults.push(issueAt('at', 'OVERLAPS', 'The next stay of this episode had begun.'));
  if (!reason.trim()) faults.push(issueAt('reason', 'REQUIRED', 'Say why the date was wrong.'));
  if (faults.length > 0) return invalidInput(faults);
  const { id: stayId, clientId, endedAt: from } = stay;
  const correction = { id: uuidV7(now), stayId, from, to, reason, by, at: now };
  const facts = [stayCorrected.of(clientId, now, { stayId, clientId })];
  return { update: { ...stay, endedAt: to }, facts, correction };
}

function textOf(text: string | null | undefined): string | null {
  return text?.trim() ? text.trim() : null;
}

function dayFaults({ startedAt }: Stay, at: Date, now: Date): InputIssue[] {
  if (at > now) return [issueAt('at', 'IN_FUTURE', 'A discharge is recorded when it has happened.')];
  return at < startedAt ? [issueAt('at', 'BEFORE_ADMISSION', 'It lies before the admission.')] : [];
}
