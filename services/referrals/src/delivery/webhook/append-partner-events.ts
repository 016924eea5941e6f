import { uuidV7 } from '@throughline/events';
import type { EntityManager } from 'typeorm';
import type { Decided } from '../../referral/referral/referral.ts';
import { scheduleLine } from './schedule-line.ts';
import { partnerEventOf, type NewPartnerEvent, type PartnerEvent } from './webhook.ts';
import { PartnerEventEntity, WebhookDeliveryEntity, WebhookSubscriptionEntity } from './webhook.entity.ts';

/** Adds the agencies' events to their logs, in the transaction of the steps, and queues their deliveries. */
export async function appendPartnerEvents(
  tx: EntityManager,
  steps: readonly Decided[],
  now: Date,
): Promise<void> {
  const events = steps.flatMap(({ referral, step }) => partnerEventOf(referral, step) ?? []);
  // One order of agencies, so that two transactions never wait for each other's counters.
  events.sort((a, b) => a.agencyId.localeCompare(b.agencyId));
  for (const event of events) await append(tx, event, now);
}

async function append(tx: EntityManager, event: NewPartnerEvent, now: Date): Promise<void> {
  const counted: { last_number: string }[] = await tx.query(
    `insert into partner_event_counter as c (agency_id, last_number) values ($1, 1)
     on conflict (agency_id) do update set last_number = c.last_number + 1 returning last_number`,
    [event.agencyId],
  );
  const number = counted[0]?.last_number ?? '1';
  const numbered: PartnerEvent = { ...event, number, id: uuidV7(now), occurredAt: now };
  await tx.insert(PartnerEventEntity, numbered);
  await queue(tx, numbered, now);
}

async function queue(tx: EntityManager, event: PartnerEvent, now: Date): Promise<void> {
  const { agencyId, referralId } = event;
  const subscriptions = await tx.findBy(WebhookSubscriptionEntity, { agencyId, status: 'ACTIVE' });
  for (const { id: subscriptionId } of subscriptions) {
    await tx.insert(WebhookDeliveryEntity, {
      id: uuidV7(now),
      subscriptionId,
      agencyId,
      referralId,
      eventId: event.id,
      eventNumber: event.number,
      state: 'PENDING',
      attempts: 0,
      nextAttemptAt: now,
      createdAt: now,
    });
    await scheduleLine(tx, { subscriptionId, referralId });
  }
}
