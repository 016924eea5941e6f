import type { Actor } from '@throughline/events';
import type { ReferralStatus } from '@throughline/privacy';

/** One line of a referral's history: never changed, never deleted. Source: infra/reference/domain.md 2.8 (invariants). */
export interface ReferralTransition {
  referralId: string;
  /** From 1, without gaps; the referral's version after the step. */
  seq: number;
  /** Row of the table. */
  rule: string;
  command: string;
  from: ReferralStatus | null;
  to: ReferralStatus;
  actorKind: Actor['kind'];
  actorId: string;
  actorAgencyId: string | null;
  /** Agency for which staff recorded it. */
  onBehalfOf: string | null;
  reason: string | null;
  note: string | null;
  at: Date;
}
