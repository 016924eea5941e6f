import type { Cause } from '@throughline/events';
import type { EntityManager } from 'typeorm';
import { appendPartnerEvents } from '../partner-event/append-partner-events.ts';
import { lockReferral, type Locked } from './lock-referral.ts';
import { endsService, type CancelReason, type UnresolvedReason } from './reasons.ts';
import { decide, type Decided, type Referral } from './referral.ts';
import { isUnderWay } from './states.ts';
import { writeStep } from './write-steps.ts';

export interface Ending {
  reason: CancelReason;
  now: Date;
}

/**
 * Ends live referrals because of an event outside of them: SENT to ON_HOLD are cancelled. IN_PROGRESS is closed
 * (T22) when nothing more may be disclosed or the client has died, and is otherwise left to the agency. Drafts stay. A second call
 * changes nothing. Source: infra/reference/domain.md 3.11.
 */
export async function endReferrals(
  tx: EntityManager,
  cause: Cause,
  referrals: readonly Referral[],
  ending: Ending,
): Promise<void> {
  const inOrder = [...referrals].sort((a, b) => (a.requestId + a.id).localeCompare(b.requestId + b.id));
  // All events at once: two transactions that end referrals to the same agencies must count them in one order.
  const unannounced: Decided[] = [];
  for (const { id } of inOrder) {
    const locked = await lockReferral(tx, id);
    if (!locked || !isUnderWay(locked.row)) continue;
    const outcome = endingOf(locked, ending);
    if (outcome) await writeStep(tx, cause, ending.now, { ...locked, decided: outcome, unannounced });
  }
  await appendPartnerEvents(tx, unannounced, ending.now);
}

function endingOf({ row: referral, timeZone }: Locked, { reason, now }: Ending) {
  const system = { roles: ['SYSTEM'] as const };
  const at = { now, timeZone, bySystem: true };
  const hasBegun = referral.status === 'IN_PROGRESS';
  if (hasBegun && !endsService.has(reason)) return null;
  const outcome = hasBegun
    ? decide(referral, 'withdrawConsent', system, { unresolvedReason: reason as UnresolvedReason, ...at })
    : decide(referral, 'cancel', system, { cancelReason: reason, ...at });
  return 'blocked' in outcome ? null : outcome;
}
