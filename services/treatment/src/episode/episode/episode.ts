import type { Change, Decision } from '@throughline/command/decision';
import { episodeEnded, episodePhaseChanged, episodeStarted, uuidV7 } from '@throughline/events';
import { type InputIssue, invalidTransition, issueAt, type Problem } from '@throughline/graphql/problems';

export type EpisodePhase =
  | 'INQUIRY'
  | 'ENGAGEMENT'
  | 'AWAITING_ADMISSION'
  | 'ADMITTED'
  | 'STABILISATION'
  | 'ACTIVE'
  | 'STEP_DOWN'
  | 'CONTINUING_CARE'
  | 'MONITORING'
  | 'ENDED';
export type EpisodeKind = 'SUD' | 'MH' | 'CO_OCCURRING';
export type EpisodeStage = 'PRE_TREATMENT' | 'IN_TREATMENT' | 'AFTERCARE' | 'ENDED';

/** One continuous course of treatment of a client. A client has at most one that has not ended. */
export interface Episode {
  id: string;
  clientId: string;
  caseId: string;
  kind: EpisodeKind;
  phase: EpisodePhase;
  referralSource: string | null;
  /** Calendar dates, as recorded. */
  dateOfFirstContact: string | null;
  dateFirstAppointmentOffered: string | null;
  admittedAt: Date | null;
  startedAt: Date;
  endedAt: Date | null;
  dischargeType: string | null;
  endReason: string | null;
  version: number;
}

/**
 * Which phase may follow which. Aftercare leads back into treatment: a return to use is part of the same episode.
 * Source: infra/reference/domain.md 4.6.
 */
export const nextPhases = {
  INQUIRY: ['ENGAGEMENT', 'AWAITING_ADMISSION', 'ADMITTED', 'ENDED'],
  ENGAGEMENT: ['AWAITING_ADMISSION', 'ADMITTED', 'ENDED'],
  AWAITING_ADMISSION: ['ENGAGEMENT', 'ADMITTED', 'ENDED'],
  ADMITTED: ['STABILISATION', 'ACTIVE', 'ENDED'],
  STABILISATION: ['ACTIVE', 'STEP_DOWN', 'CONTINUING_CARE', 'ENDED'],
  ACTIVE: ['STABILISATION', 'STEP_DOWN', 'CONTINUING_CARE', 'ENDED'],
  STEP_DOWN: ['STABILISATION', 'ACTIVE', 'CONTINUING_CARE', 'ENDED'],
  CONTINUING_CARE: ['STABILISATION', 'ACTIVE', 'MONITORING', 'ENDED'],
  MONITORING: ['STABILISATION', 'ACTIVE', 'CONTINUING_CARE', 'ENDED'],
  ENDED: [],
} as const satisfies Record<EpisodePhase, readonly EpisodePhase[]>;

const stages: Record<EpisodePhase, EpisodeStage> = {
  INQUIRY: 'PRE_TREATMENT',
  ENGAGEMENT: 'PRE_TREATMENT',
  AWAITING_ADMISSION: 'PRE_TREATMENT',
  ADMITTED: 'IN_TREATMENT',
  STABILISATION: 'IN_TREATMENT',
  ACTIVE: 'IN_TREATMENT',
  STEP_DOWN: 'IN_TREATMENT',
  CONTINUING_CARE: 'AFTERCARE',
  MONITORING: 'AFTERCARE',
  ENDED: 'ENDED',
};

/** A new episode may begin before treatment or with admission, not in the middle. */
export const firstPhases: readonly EpisodePhase[] = [
  'INQUIRY',
  'ENGAGEMENT',
  'AWAITING_ADMISSION',
  'ADMITTED',
];

export function stageOf(phase: EpisodePhase): EpisodeStage {
  return stages[phase];
}

/** Phases that `changeEpisodePhase` may lead to now; ending has a command of its own, because it needs a reason. */
export function phasesAfter(phase: EpisodePhase): EpisodePhase[] {
  return nextPhases[phase].filter((next) => next !== 'ENDED');
}

/** The client has an episode that has not ended. */
export interface EpisodeStillOpen extends Problem {
  kind: 'EpisodeStillOpen';
  episode: Episode;
}

export function stillOpen(episode: Episode): EpisodeStillOpen {
  const message = 'The client has an episode that has not ended: continue it, or end it first.';
  return { kind: 'EpisodeStillOpen', message, episode };
}

export interface EpisodeDraft extends Pick<Episode, 'kind' | 'phase'> {
  referralSource?: string | null | undefined;
  dateOfFirstContact?: string | null | undefined;
  dateFirstAppointmentOffered?: string | null | undefined;
}

/** `today` is the day in the time zone of the program. */
export function startFaults(draft: EpisodeDraft, today: string): InputIssue[] {
  const { phase, dateOfFirstContact: contact, dateFirstAppointmentOffered: offered } = draft;
  const faults: InputIssue[] = [];
  if (!firstPhases.includes(phase))
    faults.push(issueAt('phase', 'NOT_A_BEGINNING', `An episode begins in ${firstPhases.join(', ')}.`));
  if (contact && contact > today)
    faults.push(issueAt('dateOfFirstContact', 'IN_FUTURE', 'This day has not come yet.'));
  if (contact && offered && offered < contact)
    faults.push(issueAt('dateFirstAppointmentOffered', 'BEFORE_START', 'It lies before the first contact.'));
  return faults;
}

export function startEpisode(
  { clientId, caseId }: Pick<Episode, 'clientId' | 'caseId'>,
  { kind, phase, ...draft }: EpisodeDraft,
  now: Date,
): Change<Episode, never> {
  const { referralSource = null, dateOfFirstContact = null, dateFirstAppointmentOffered = null } = draft;
  const episode: Episode = {
    ...{ id: uuidV7(now), clientId, caseId, kind, phase, referralSource },
    ...{ dateOfFirstContact, dateFirstAppointmentOffered },
    ...{ admittedAt: phase === 'ADMITTED' ? now : null, startedAt: now, endedAt: null },
    ...{ dischargeType: null, endReason: null, version: 1 },
  };
  const fact = { episodeId: episode.id, clientId };
  return { insert: episode, facts: [episodeStarted.of(clientId, now, fact)] };
}

/** The first admission stays: a return to treatment does not move it. */
export function changeEpisodePhase(
  episode: Episode,
  phase: EpisodePhase,
  now: Date,
): Decision<never, Episode> {
  const { id: episodeId, clientId, phase: from } = episode;
  const allowed = phasesAfter(from);
  if (!allowed.includes(phase)) return invalidTransition(from, `changeEpisodePhase to ${phase}`, allowed);
  const admittedAt = episode.admittedAt ?? (phase === 'ADMITTED' ? now : null);
  return {
    update: { ...episode, phase, admittedAt },
    facts: [episodePhaseChanged.of(clientId, now, { episodeId, clientId })],
  };
}

export interface EpisodeEnd {
  dischargeType: string;
  endReason: string;
}

/**
 * Pairs in which one implies the other. Every other pair is possible. Source: infra/reference/domain.md 4.6.
 */
const belongTogether: readonly (readonly [dischargeType: string, endReason: string])[] = [
  ['COMPLETED', 'TREATMENT_COMPLETED'],
  ['INCARCERATED', 'INCARCERATED'],
  ['DIED', 'DIED'],
];

/** The reporting family and the reason must not contradict each other. */
export function endFaults({ dischargeType, endReason }: EpisodeEnd): InputIssue[] {
  const contradicts = belongTogether.some(
    ([type, reason]) => (type === dischargeType) !== (reason === endReason),
  );
  if (!contradicts) return [];
  return [
    issueAt('endReason', 'CONTRADICTION', `${endReason} is no reason of a discharge as ${dischargeType}.`),
  ];
}

export function endEpisode(
  episode: Episode,
  { dischargeType, endReason }: EpisodeEnd,
  now: Date,
): Decision<never, Episode> {
  const { id: episodeId, clientId, phase } = episode;
  if (phase === 'ENDED') return invalidTransition(phase, 'endEpisode', []);
  return {
    update: { ...episode, phase: 'ENDED', endedAt: now, dischargeType, endReason },
    facts: [episodeEnded.of(clientId, now, { episodeId, clientId })],
  };
}
