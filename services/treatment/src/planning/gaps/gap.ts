import type { NeedCategory } from '@throughline/privacy';

export type GapKind =
  'SCREEN_WITHOUT_NEED' | 'DIAGNOSIS_WITHOUT_NEED' | 'NEED_WITHOUT_GOAL' | 'GOAL_WITHOUT_WORK';

/** A thread that ends too early: from assessment to need to goal to work. */
export interface Gap {
  clientId: string;
  kind: GapKind;
  /** Screening, diagnosis, need or goal. */
  subjectId: string;
  /** Category of the need, or of the need that is missing. */
  needCategory: NeedCategory | null;
  since: Date | null;
}

/** An active goal without work for this many days hangs loose. */
export const idleDays = 30;

const mental: NeedCategory[] = ['MENTAL_HEALTH_TREATMENT', 'CRISIS_STABILISATION', 'PEER_SUPPORT'];
const substance: NeedCategory[] = ['SUD_TREATMENT', 'WITHDRAWAL_MANAGEMENT', 'MOUD', 'HARM_REDUCTION'];

/**
 * Needs that answer to a positive result, by tool; the first one is what is missing when there is none. Social domains are
 * steps of their own (RECORD_NEED). Source: infra/reference/domain.md 4.3, 3.6.
 */
export const needsOfTool: Record<string, readonly NeedCategory[]> = {
  ...{ 'PHQ-9': mental, 'PHQ-A': mental, 'GAD-7': mental, EPDS: mental, 'GDS-15': mental },
  ...{ 'PC-PTSD-5': mental, AUDIT: substance, 'DAST-10': substance, CRAFFT: substance },
};

/** Needs that answer to a diagnosis that the client has now, by what it is about. Source: infra/reference/domain.md 1.1, 7.3. */
export const needsOfDiagnosis: Record<string, readonly NeedCategory[]> = {
  ...{ SUBSTANCE_USE: substance, MENTAL_HEALTH: mental, SELF_HARM: mental },
};

/** What to do about each. */
export const adviceOf: Record<GapKind, string> = {
  SCREEN_WITHOUT_NEED:
    'A screening was positive. Ask the client about the need, and record it when the client agrees.',
  DIAGNOSIS_WITHOUT_NEED:
    'The client has a diagnosis without a need that answers to it. Ask the client, and record the need.',
  NEED_WITHOUT_GOAL: 'The need has no goal. Agree on a goal with the client, or say why there is none.',
  GOAL_WITHOUT_WORK:
    'Nobody worked on the goal for 30 days. Do the next step, put the goal on hold, or close it.',
};
