/** What a partner may see of a referral. NONE: nothing; TOMBSTONE: id and status. Source: infra/reference/domain.md 2.8, 3.8. */
export type VisibilityStage = 1 | 2 | 'CLOSED' | 'TOMBSTONE' | 'NONE';

const stages = {
  DRAFT: 'NONE',
  PENDING_CONSENT: 'NONE',
  SENT: 1,
  RECEIVED: 1,
  INFO_REQUESTED: 1,
  ACCEPTED: 2,
  WAITLISTED: 2,
  SCHEDULED: 2,
  NO_SHOW: 2,
  IN_PROGRESS: 2,
  ON_HOLD: 2,
  COMPLETED: 'CLOSED',
  CLOSED_UNRESOLVED: 'CLOSED',
  DECLINED: 'CLOSED',
  CANCELLED: 'TOMBSTONE',
  EXPIRED: 'TOMBSTONE',
  ENTERED_IN_ERROR: 'TOMBSTONE',
} as const satisfies Record<string, VisibilityStage>;

/** The 17 states of a referral. Source: infra/reference/domain.md 2.8. */
export type ReferralStatus = keyof typeof stages;

/** All states of a referral, in order. Source: infra/reference/domain.md 2.8. */
export const referralStatuses = Object.keys(stages) as ReferralStatus[];

/** Close reasons after which nothing may be released any more, not even how the referral ended. */
const endsDisclosure: ReadonlySet<string | null> = new Set([
  'CONSENT_REVOKED',
  'CONSENT_EXPIRED',
  'SAFETY_BLOCK',
  'AGENCY_AGREEMENT_ENDED',
]);

/**
 * What a partner may see in this state. A referral that was closed because disclosure ended leaves a tombstone only;
 * a state that this version does not know shows nothing.
 * Source: infra/reference/domain.md 2.8, 3.8, 3.11.
 */
export function visibilityStage(status: ReferralStatus, closeReason: string | null = null): VisibilityStage {
  const stage = (stages as Partial<Record<string, VisibilityStage>>)[status] ?? 'NONE';
  return stage === 'CLOSED' && endsDisclosure.has(closeReason) ? 'TOMBSTONE' : stage;
}
