import type { Cause } from '@throughline/events';
import { schedule, type Job } from '@throughline/messaging';
import { In, IsNull, Not } from 'typeorm';
import { mayReceive } from '../../directory/agency/agency.ts';
import { lockStanding } from '../../directory/agency/agency.entity.ts';
import { AGREEMENT_CHECK, scheduleAgreementCheck } from '../../directory/agency/agreement-check.ts';
import { endReferrals } from './end-referrals.ts';
import { ReferralEntity } from './referral.entity.ts';
import { terminalStates } from './states.ts';

const secondLookMs = 60_000;

/**
 * Ends live referrals of an agency whose agreement ended, each in its own transaction, so that an interrupted job
 * continues where it was. An agency that has an agreement again keeps the rest. The job looks once more a minute later,
 * for a referral that was sent in the last moment of the agreement. Source: infra/reference/domain.md 2.8 T20, 3.7 check 2.
 */
export function endWithoutAgreement(now: () => Date): Job {
  return async (payload, { dataSource }) => {
    const { agencyId, isSecondLook = false } = payload as { agencyId: string; isSecondLook?: boolean };
    const cause: Cause = { actor: { kind: 'SYSTEM', id: 'referrals' }, correlationId: agencyId };
    const live = await dataSource.manager.find(ReferralEntity, {
      where: { agencyId, status: Not(In([...terminalStates])), sentAt: Not(IsNull()) },
    });
    for (const referral of live) {
      await dataSource.transaction(async (tx) => {
        if (mayReceive(await lockStanding(tx, agencyId), now())) return;
        await endReferrals(tx, cause, [referral], { reason: 'AGENCY_AGREEMENT_ENDED', now: now() });
      });
    }
    await dataSource.transaction(async (tx) => {
      const agency = await lockStanding(tx, agencyId);
      if (mayReceive(agency, now())) return scheduleAgreementCheck(tx, agency, now());
      if (isSecondLook) return;
      const when = {
        runAt: new Date(now().getTime() + secondLookMs),
        jobKey: `${AGREEMENT_CHECK}:${agencyId}`,
      };
      await schedule(tx, AGREEMENT_CHECK, { agencyId, isSecondLook: true }, when);
    });
  };
}
