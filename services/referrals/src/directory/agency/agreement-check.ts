import { schedule, unschedule } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { disclosureEndsAt, type Agency } from './agency.ts';

/** The job that ends the referrals of an agency to which nothing may be disclosed any more. */
export const AGREEMENT_CHECK = 'agency.agreement-check';

/** Sets the job for the moment at which the agency's agreement ends; at once when none is in force. */
export async function scheduleAgreementCheck(tx: EntityManager, agency: Agency, now: Date): Promise<void> {
  const jobKey = `${AGREEMENT_CHECK}:${agency.id}`;
  const runAt = disclosureEndsAt(agency, now);
  if (runAt) await schedule(tx, AGREEMENT_CHECK, { agencyId: agency.id }, { runAt, jobKey });
  else await unschedule(tx, jobKey);
}
