import { uuidV7 } from '@throughline/events';
import { schedule } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { Decided } from '../referral/referral.ts';
import { partnerEventOf, type NewPartnerEvent } from './partner-event.ts';
import { PartnerEventEntity } from './partner-event.entity.ts';

/** The job that makes deliveries of the new events of an agency. */
export const FAN_OUT = 'partner-event.fan-out';

/**
 * Adds the agencies' events to their logs, in the transaction of the steps. A job makes the deliveries: a step costs
 * the same, however many subscriptions an agency has.
 */
export async function appendPartnerEvents(
  tx: EntityManager,
  steps: readonly Decided[],
  now: Date,
): Promise<void> {
  const events = steps.flatMap(({ referral, step }) => partnerEventOf(referral, step) ?? []);
  // One order of agencies, so that two transactions never wait for each other's counters.
  events.sort((a, b) => a.agencyId.localeCompare(b.agencyId));
  for (const event of events) await append(tx, event, now);
  for (const agencyId of new Set(events.map((event) => event.agencyId))) {
    await schedule(tx, FAN_OUT, { agencyId }, { jobKey: `${FAN_OUT}:${agencyId}` });
  }
}

async function append(tx: EntityManager, event: NewPartnerEvent, now: Date): Promise<void> {
  const counted: { last_number: string }[] = await tx.query(
    `insert into partner_event_counter as c (agency_id, last_number) values ($1, 1)
     on conflict (agency_id) do update set last_number = c.last_number + 1 returning last_number`,
    [event.agencyId],
  );
  const number = counted[0]?.last_number ?? '1';
  await tx.insert(PartnerEventEntity, { ...event, number, id: uuidV7(now), occurredAt: now });
}
