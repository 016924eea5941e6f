import type { EntityManager } from 'typeorm';
import { isUuid } from '@throughline/graphql';
import type { ReferralRequest } from '../referral-request/referral-request.ts';
import { ReferralRequestEntity } from '../referral-request/referral-request.entity.ts';
import type { Referral } from './referral.ts';
import { ReferralEntity } from './referral.entity.ts';
import { isTerminal } from './states.ts';

export interface Locked {
  request: ReferralRequest;
  row: Referral;
  /** Time zone of the agency: its days count for its promises. */
  timeZone: string;
}

const ADDRESSED = `
  select r.request_id as "requestId", a.time_zone as "timeZone"
  from referral r join agency a on a.id = r.agency_id where r.id = $1`;

/** The request first, then the referral: all commands take the locks in this order. */
export async function lockReferral(tx: EntityManager, id: string): Promise<Locked | null> {
  if (!isUuid(id)) return null;
  const [found] = await tx.query<{ requestId: string; timeZone: string }[]>(ADDRESSED, [id]);
  if (!found) return null;
  const lock = { mode: 'for_no_key_update' } as const;
  const request = await tx.findOneOrFail(ReferralRequestEntity, { where: { id: found.requestId }, lock });
  const row = await tx.findOneOrFail(ReferralEntity, { where: { id }, lock });
  return { request, row, timeZone: found.timeZone };
}

/**
 * All referrals of a client that have not ended, also drafts; waits for a referral that is being sent at this
 * moment.
 */
export async function lockOpenReferrals(tx: EntityManager, clientId: string): Promise<Referral[]> {
  const order = { requestId: 'ASC', id: 'ASC' } as const;
  const rows = await tx.find(ReferralEntity, { where: { clientId }, order });
  const open: Referral[] = [];
  for (const { id } of rows.filter(({ status }) => !isTerminal(status))) {
    const locked = await lockReferral(tx, id);
    if (locked && !isTerminal(locked.row.status)) open.push(locked.row);
  }
  return open;
}
