import type { StepCode } from '../../assessment/next-step/codes.ts';

export type DueItemKind =
  'CRISIS' | 'NEXT_STEP' | 'CONTACT' | 'FOLLOW_UP' | 'PLAN_REVIEW' | 'GOAL' | 'ADVICE_QUESTION' | 'ADVOCACY';

/** The order in which one works. Source: infra/reference/domain.md 8.4. */
export const urgencies = ['IMMINENT', 'URGENT', 'SAFETY', 'OVERDUE', 'TODAY', 'WATCH'] as const;
export type DueUrgency = (typeof urgencies)[number];

/** Something that is due for one member of staff. */
export interface DueItem {
  kind: DueItemKind;
  id: string;
  clientId: string;
  urgency: DueUrgency;
  dueAt: Date;
  mustAcknowledge: boolean;
}

/** Tasks that come before everything that is only late: the safety of a client depends on them. */
export const safetySteps: readonly StepCode[] = [
  'STAY_AND_WARM_TRANSFER',
  'C_SSRS_SCREENER',
  'SAFETY_PLAN',
  'CRISIS_CONTACT_24H',
  'CRISIS_CONTACT_72H',
  'VIOLENCE_PROTOCOL',
];

export type ApprovalKind = 'RISK_TIER' | 'CRISIS_REVIEW' | 'CASE_CLOSE';

/** Something that waits for a supervisor who did not do it. */
export interface Approval {
  kind: ApprovalKind;
  id: string;
  clientId: string;
  askedAt: Date;
  askedById: string | null;
}
