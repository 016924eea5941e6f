import type { Change, Decision } from '@throughline/command/decision';
import { carePlanActivated, carePlanOpened, uuidV7 } from '@throughline/events';
import { invalidTransition, type InputIssue, type Problem } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import { addDays, today, type Moment } from '@throughline/privacy';

export type CarePlanStatus = 'DRAFT' | 'ACTIVE' | 'COMPLETED' | 'SUPERSEDED';

/** Plan that client and care team agreed on. A client has at most one that is DRAFT or ACTIVE. */
export interface CarePlan {
  id: string;
  clientId: string;
  caseId: string;
  status: CarePlanStatus;
  openedAt: Date;
  activatedAt: Date | null;
  /** Calendar date of the next review; null before activation. */
  reviewOn: string | null;
  /** Null until the client was asked. */
  clientAgreed: boolean | null;
  declineReason: string | null;
  version: number;
}

/** Days from activation to the first review. Source: infra/reference/domain.md 4.6. */
export const reviewAfterDays = 30;

const next = {
  DRAFT: ['activateCarePlan'],
  ACTIVE: [],
  COMPLETED: [],
  SUPERSEDED: [],
} as const satisfies Record<CarePlanStatus, readonly string[]>;

/** Commands that the plan accepts now. */
export function commandsFor(status: CarePlanStatus): string[] {
  return [...next[status]];
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

export function openCarePlan(clientId: string, caseId: string, now: Date): Change<CarePlan, never> {
  const carePlan: CarePlan = {
    ...{ id: uuidV7(now), clientId, caseId, status: 'DRAFT', openedAt: now },
    ...{ activatedAt: null, reviewOn: null, clientAgreed: null, declineReason: null, version: 1 },
  };
  return {
    insert: carePlan,
    facts: [carePlanOpened.of(clientId, now, { carePlanId: carePlan.id, clientId })],
  };
}

export interface Agreement {
  clientAgreed: boolean;
  declineReason?: string | null | undefined;
}

/** A reason is required when the client did not agree, and refused otherwise. */
export function agreementFaults({ clientAgreed, declineReason }: Agreement): InputIssue[] {
  const hasReason = !isBlank(declineReason ?? '');
  if (clientAgreed !== hasReason) return [];
  const code = clientAgreed ? 'CONTRADICTION' : 'MISSING';
  const message = clientAgreed
    ? 'The client agreed: leave the reason out.'
    : 'Say why the client did not agree.';
  return [{ path: 'declineReason', code, message }];
}

/** Puts a draft into force, with the answer of the client. `at` is the server clock and the time zone of the program. */
export function activateCarePlan(
  plan: CarePlan,
  { clientAgreed, declineReason = null }: Agreement,
  at: Moment,
): Decision<never, CarePlan> {
  if (plan.status !== 'DRAFT')
    return invalidTransition(plan.status, 'activateCarePlan', commandsFor(plan.status));
  const { id: carePlanId, clientId } = plan;
  const reviewOn = addDays(today(at), reviewAfterDays);
  const update: CarePlan = {
    ...plan,
    status: 'ACTIVE',
    activatedAt: at.now,
    reviewOn,
    clientAgreed,
    declineReason,
  };
  return { update, facts: [carePlanActivated.of(clientId, at.now, { carePlanId, clientId })] };
}
