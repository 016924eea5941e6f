export type CarePlanStatus = 'DRAFT' | 'ACTIVE' | 'COMPLETED' | 'SUPERSEDED';

/** What client and care team have agreed to work on. A client has at most one that is DRAFT or ACTIVE. */
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
export function isOpen({ status }: CarePlan): boolean {
  return status === 'DRAFT' || status === 'ACTIVE';
}

export interface Agreement {
  agreed: boolean;
  declineReason: string | null;
}

/** Puts the plan into force, with the answer of the client. Null when it is not a draft. */
export function activate(
  plan: CarePlan,
  { agreed, declineReason }: Agreement,
  { now, reviewOn }: { now: Date; reviewOn: string },
): CarePlan | null {
  if (plan.status !== 'DRAFT') return null;
  return { ...plan, status: 'ACTIVE', activatedAt: now, reviewOn, clientAgreed: agreed, declineReason };
}
