import type { Change, Decision } from '@throughline/command/decision';
import {
  carePlanCompleted,
  carePlanOpened,
  carePlanReviewed,
  carePlanSuperseded,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { invalidTransition, type InvalidTransition, type Problem } from '@throughline/graphql/problems';
import { addDays, today, type Moment } from '@throughline/privacy';

export type CarePlanStatus = 'DRAFT' | 'ACTIVE' | 'COMPLETED' | 'SUPERSEDED';
export type ReviewCause = 'SCHEDULED' | 'TIER' | 'CRISIS' | 'LEVEL_OF_CARE';

/** Plan that client and care team agreed on. A client has at most one that is DRAFT or ACTIVE. */
export interface CarePlan {
  id: string;
  clientId: string;
  caseId: string;
  status: CarePlanStatus;
  openedAt: Date;
  activatedAt: Date | null;
  /** Calendar date of the next review; null before activation and after the end. */
  reviewOn: string | null;
  /** Why it is due then. */
  reviewCause: ReviewCause;
  /** Answer of the client to the latest version; null until the client was asked. */
  clientAgreed: boolean | null;
  declineReason: string | null;
  closedAt: Date | null;
  closingNote: string | null;
  /** The plan that this one replaced. */
  supersedesId: string | null;
  version: number;
}

export interface PlanReview {
  id: string;
  carePlanId: string;
  cause: ReviewCause;
  dueOn: string;
  summary: string;
  reviewedAt: Date;
  reviewedBy: string;
}

/** Days to the first review, and from each review to the next. Source: infra/reference/domain.md 4.6. */
export const reviewAfterDays = { first: 30, next: 90 } as const;

const commands = {
  DRAFT: ['activateCarePlan'],
  ACTIVE: ['recordPlanAgreement', 'reviewCarePlan', 'completeCarePlan', 'supersedeCarePlan'],
  COMPLETED: [],
  SUPERSEDED: [],
} as const satisfies Record<CarePlanStatus, readonly string[]>;

/** Commands that the plan accepts now. */
export function commandsFor(status: CarePlanStatus): string[] {
  return [...commands[status]];
}

/** Whether goals may be added and changed. */
export function isOpen({ status }: Pick<CarePlan, 'status'>): boolean {
  return status === 'DRAFT' || status === 'ACTIVE';
}

/** The client has a care plan that is being written or in force. */
export interface CarePlanStillOpen extends Problem {
  kind: 'CarePlanStillOpen';
  carePlan: CarePlan;
}

export function stillOpen(carePlan: CarePlan): CarePlanStillOpen {
  const message = 'The client has a care plan that is being written or in force: work with that one.';
  return { kind: 'CarePlanStillOpen', message, carePlan };
}

export type NotReadyReason = 'NO_ACTIVE_GOAL' | 'GOALS_OPEN';

/** The goals do not allow the step. */
export interface CarePlanNotReady extends Problem {
  kind: 'CarePlanNotReady';
  reason: NotReadyReason;
}

const advice: Record<NotReadyReason, string> = {
  NO_ACTIVE_GOAL: 'A plan in force needs an active goal: activate one of its goals, then repeat.',
  GOALS_OPEN: 'Goals are open: close each of them, then repeat.',
};

export function notReady(reason: NotReadyReason): CarePlanNotReady {
  return { kind: 'CarePlanNotReady', message: advice[reason], reason };
}

export function openCarePlan(clientId: string, caseId: string, now: Date): Change<CarePlan, never> {
  const carePlan: CarePlan = {
    ...{ id: uuidV7(now), clientId, caseId, status: 'DRAFT', openedAt: now },
    ...{ activatedAt: null, reviewOn: null, reviewCause: 'SCHEDULED' },
    ...{ clientAgreed: null, declineReason: null, closedAt: null, closingNote: null },
    ...{ supersedesId: null, version: 1 },
  };
  return {
    insert: carePlan,
    facts: [carePlanOpened.of(clientId, now, { carePlanId: carePlan.id, clientId })],
  };
}

export interface By {
  id: string;
  at: Moment;
}

/** The plan was gone through with the client; the next review is due in 90 days. Source: infra/reference/domain.md 4.6. */
export function reviewCarePlan(
  plan: CarePlan,
  summary: string,
  { id: reviewedBy, at }: By,
): { plan: CarePlan; review: PlanReview; facts: Fact[] } | InvalidTransition {
  const refused = refusalOf(plan, 'reviewCarePlan');
  if (refused) return refused;
  const { id: carePlanId, clientId, reviewOn, reviewCause: cause } = plan;
  return {
    plan: { ...plan, reviewOn: addDays(today(at), reviewAfterDays.next), reviewCause: 'SCHEDULED' },
    review: {
      ...{ id: uuidV7(at.now), carePlanId, cause, dueOn: reviewOn ?? today(at), summary },
      ...{ reviewedAt: at.now, reviewedBy },
    },
    facts: [carePlanReviewed.of(clientId, at.now, { carePlanId, clientId })],
  };
}

/** Something changed the situation: the review is due now. A review that is due already stays. Source: infra/reference/domain.md 4.6. */
export function bringReviewForward(plan: CarePlan, cause: ReviewCause, at: Moment): CarePlan {
  const isDue = plan.reviewOn === null || plan.reviewOn <= today(at);
  return plan.status !== 'ACTIVE' || isDue ? plan : { ...plan, reviewOn: today(at), reviewCause: cause };
}

/** The plan was carried out. All its goals are closed, else CarePlanNotReady. */
export function completeCarePlan(
  plan: CarePlan,
  closingNote: string | null,
  { hasOpenGoal, at }: { hasOpenGoal: boolean; at: Moment },
): Decision<never, CarePlan> {
  const refused = refusalOf(plan, 'completeCarePlan');
  if (refused) return refused;
  if (hasOpenGoal) return notReady('GOALS_OPEN');
  const { id: carePlanId, clientId } = plan;
  return {
    update: { ...plan, status: 'COMPLETED', closedAt: at.now, closingNote, reviewOn: null },
    facts: [carePlanCompleted.of(clientId, at.now, { carePlanId, clientId })],
  };
}

/** A new draft takes the place of the plan, and takes its open goals over. */
export function supersedeCarePlan(
  plan: CarePlan,
  closingNote: string,
  now: Date,
): { plan: CarePlan; next: CarePlan; facts: Fact[] } | InvalidTransition {
  const refused = refusalOf(plan, 'supersedeCarePlan');
  if (refused) return refused;
  const { id: carePlanId, clientId, caseId } = plan;
  const opened = openCarePlan(clientId, caseId, now);
  if (!opened.insert) throw new Error('a new plan has a row');
  return {
    plan: { ...plan, status: 'SUPERSEDED', closedAt: now, closingNote, reviewOn: null },
    next: { ...opened.insert, supersedesId: carePlanId },
    facts: [carePlanSuperseded.of(clientId, now, { carePlanId, clientId }), ...(opened.facts ?? [])],
  };
}

/** Why the plan does not accept the command now; null when it does. */
export function refusalOf({ status }: CarePlan, command: string): InvalidTransition | null {
  const allowed = commandsFor(status);
  return allowed.includes(command) ? null : invalidTransition(status, command, allowed);
}
