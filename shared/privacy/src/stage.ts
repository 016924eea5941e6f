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

/**
 * What a partner may see in this state. A referral closed because consent ended leaves a tombstone only;
 * a state this version does not know shows nothing.
 * Source: infra/reference/domain.md 2.8, 3.8, 3.11.
 */
export function visibilityStage(status: ReferralStatus, closeReason: string | null = null): VisibilityStage {
  const stage = (stages as Partial<Record<string, VisibilityStage>>)[status] ?? 'NONE';
  const consentEnded = closeReason === 'CONSENT_REVOKED' || closeReason === 'CONSENT_EXPIRED';
  return stage === 'CLOSED' && consentEnded ? 'TOMBSTONE' : stage;
}
