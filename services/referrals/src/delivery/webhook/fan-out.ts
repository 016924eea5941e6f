import type { Job } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { scheduleLine, type Line } from './schedule-line.ts';

/**
 * Makes a delivery of each new event of an agency for each of its active subscriptions. A row lock lets one fan-out of
 * an agency run at a time: the deliveries of a referral are made in the order of its events.
 */
export function fanOut(now: () => Date): Job {
  return async (payload, { dataSource }) => {
    const { agencyId } = payload as { agencyId: string };
    await dataSource.transaction(async (tx) => {
      const lines = await makeDeliveries(tx, agencyId, now());
      for (const line of lines) await scheduleLine(tx, line);
    });
  };
}

async function makeDeliveries(tx: EntityManager, agencyId: string, now: Date): Promise<Line[]> {
  await tx.query(
    'insert into webhook_fan_out (agency_id, last_number) values ($1, 0) on conflict (agency_id) do nothing',
    [agencyId],
  );
  const [done]: { last_number: string }[] = await tx.query(
    'select last_number from webhook_fan_out where agency_id = $1 for no key update',
    [agencyId],
  );
  return tx.query(
    `with fresh as (select * from partner_event where agency_id = $1 and number > $2), made as (
       insert into webhook_delivery
         (id, subscription_id, agency_id, referral_id, event_id, event_number, state, attempts, next_attempt_at, created_at)
       select gen_random_uuid(), s.id, e.agency_id, e.referral_id, e.id, e.number, 'PENDING', 0, $3, $3
       from fresh e join webhook_subscription s on s.agency_id = e.agency_id and s.status = 'ACTIVE'
       -- The release before made deliveries in the sender's transaction; both releases may run during an upgrade.
       where not exists (select 1 from webhook_delivery d where d.event_id = e.id and d.subscription_id = s.id)
       returning subscription_id, referral_id
     ), seen as (
       update webhook_fan_out set last_number = (select max(number) from fresh)
       where agency_id = $1 and exists (select 1 from fresh)
     )
     select distinct subscription_id as "subscriptionId", referral_id as "referralId" from made`,
    [agencyId, done?.last_number ?? '0', now],
  );
}
