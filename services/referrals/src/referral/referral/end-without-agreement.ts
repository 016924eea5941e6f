import type { Cause } from '@throughline/events';
import type { Job } from '@throughline/messaging';
import { mayReceive } from '../../directory/agency/agency.ts';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import { scheduleAgreementCheck } from '../../directory/agency/agreement-check.ts';
import { endReferrals } from './end-referrals.ts';
import { ReferralEntity } from './referral.entity.ts';
import { isUnderWay } from './states.ts';

/**
 * Ends live referrals of an agency whose agreement ended, each in its own transaction, so that an interrupted
 * job continues where it was. Source: infra/reference/domain.md 2.8 T20, 3.7 check 2.
 */
export function endWithoutAgreement(now: () => Date): Job {
  return async (payload, { dataSource }) => {
    const { agencyId } = payload as { agencyId: string };
    const agency = await dataSource.manager.findOneByOrFail(AgencyEntity, { id: agencyId });
    if (mayReceive(agency, now())) return scheduleAgreementCheck(dataSource.manager, agency, now());

    const cause: Cause = { actor: { kind: 'SYSTEM', id: 'referrals' }, correlationId: agencyId };
    const referrals = await dataSource.manager.findBy(ReferralEntity, { agencyId });
    for (const referral of referrals.filter(isUnderWay)) {
      const ending = { reason: 'AGENCY_AGREEMENT_ENDED' as const, now: now() };
      await dataSource.transaction((tx) => endReferrals(tx, cause, [referral], ending));
    }
  };
}
