import type { Cause } from '@throughline/events';
import type { EntityManager } from 'typeorm';
import { lockReferral, type Locked } from './lock-referral.ts';
import type { CancelReason } from './reasons.ts';
import { decide, type Referral } from './referral.ts';
import { isUnderWay } from './states.ts';
import { writeStep } from './write-steps.ts';

export interface Ending {
  reason: CancelReason;
  note?: string;
  now: Date;
}

/**
 * Ends what is under way because of something outside the loop: SENT to ON_HOLD is cancelled; IN_PROGRESS is
 * closed when consent ended (T22) and otherwise left to the agency. Drafts stay. Doing it twice changes nothing.
 * Source: infra/reference/domain.md 3.11.
 */
export async function endReferrals(
  tx: EntityManager,
  cause: Cause,
  referrals: readonly Referral[],
  ending: Ending,
): Promise<void> {
  const inOrder = [...referrals].sort((a, b) => (a.requestId + a.id).localeCompare(b.requestId + b.id));
  for (const { id } of inOrder) {
    const locked = await lockReferral(tx, id);
    if (!locked || !isUnderWay(locked.referral)) continue;
    const outcome = endingOf(locked, ending);
    if (outcome) await writeStep(tx, cause, ending.now, { request: locked.request, decided: outcome });
  }
}

function endingOf({ referral, timeZone }: Locked, { reason, note, now }: Ending) {
  const system = { roles: ['SYSTEM'] as const };
  const at = { now, timeZone, bySystem: true };
  const consentEnded = reason === 'CONSENT_REVOKED' || reason === 'CONSENT_EXPIRED';
  if (referral.status === 'IN_PROGRESS' && !consentEnded) return null;
  const outcome =
    referral.status === 'IN_PROGRESS' && consentEnded
      ? decide(referral, 'withdrawConsent', system, { unresolvedReason: reason, ...at })
      : decide(referral, 'cancel', system, { cancelReason: reason, note, ...at });
  return 'blocked' in outcome ? null : outcome;
}
