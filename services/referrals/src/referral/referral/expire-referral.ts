import type { Cause } from '@throughline/events';
import type { Job } from '@throughline/messaging';
import { lockReferral } from './lock-referral.ts';
import { decide } from './referral.ts';
import { writeStep } from './write-steps.ts';

/** T21: no answer before the last deadline. Run by the timer; a referral that was answered does not change. */
export function expireReferral(now: () => Date): Job {
  return async (payload, { dataSource }) => {
    const { referralId } = payload as { referralId: string };
    const cause: Cause = { actor: { kind: 'SYSTEM', id: 'referrals' }, correlationId: referralId };
    await dataSource.transaction(async (tx) => {
      const locked = await lockReferral(tx, referralId);
      const { expiresAt } = locked?.row ?? {};
      if (!locked || !expiresAt || expiresAt > now()) return;
      const at = { now: now(), timeZone: locked.timeZone, bySystem: true };
      const outcome = decide(locked.row, 'expire', { roles: ['SYSTEM'] }, at);
      if ('blocked' in outcome) return;
      await writeStep(tx, cause, now(), { ...locked, decided: outcome });
    });
  };
}
