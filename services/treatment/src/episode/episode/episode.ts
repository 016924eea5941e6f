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
  /** Calendar dates, as told. */
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

/** Null when the phase may not follow. The first admission is kept: a return to treatment does not move it. */
export function enter(episode: Episode, phase: EpisodePhase, now: Date): Episode | null {
  if (!phasesAfter(episode.phase).includes(phase)) return null;
  const admittedAt = episode.admittedAt ?? (phase === 'ADMITTED' ? now : null);
  return { ...episode, phase, admittedAt };
}

/** Null when it has ended already. Both the reporting family and the reason are kept. */
export function end(
  episode: Episode,
  { dischargeType, endReason }: { dischargeType: string; endReason: string },
  now: Date,
): Episode | null {
  if (episode.phase === 'ENDED') return null;
  return { ...episode, phase: 'ENDED', endedAt: now, dischargeType, endReason };
}
