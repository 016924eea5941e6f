import { webhookDisabled, type Cause } from '@throughline/events';
import { record, type Job } from '@throughline/messaging';
import { inSpan } from '@throughline/runtime';
import { In, LessThan, Not, type DataSource, type EntityManager } from 'typeorm';
import { mayReceive } from '../../directory/agency/agency.ts';
import { AgencyEntity } from '../../directory/agency/agency.entity.ts';
import type { ReadReleaseBasis } from '../../referral/consent/release-basis.ts';
import { ServiceEntity } from '../../directory/directory-service/directory-service.entity.ts';
import { decideRelease } from '../../referral/disclosure/decide-release.ts';
import { ReferralEntity } from '../../referral/referral/referral.entity.ts';
import { postSafely, type Sent, type WebhookLimits } from './safe-request.ts';
import type { SecretKey } from './secret-box.ts';
import { signedHeaders } from './signed-headers.ts';
import { DELIVER_AGAIN, isFailing, scheduleLine, type Line } from './schedule-line.ts';
import { isTombstone, type PartnerEvent } from '../../referral/partner-event/partner-event.ts';
import { PartnerEventEntity } from '../../referral/partner-event/partner-event.entity.ts';
import {
  messageOf,
  nextAttemptAt,
  throttledUntil,
  type WebhookDelivery,
  type WebhookSubscription,
} from './webhook.ts';
import { WebhookAttemptEntity, WebhookDeliveryEntity, WebhookSubscriptionEntity } from './webhook.entity.ts';

export interface DeliveryParts {
  now: () => Date;
  readReleaseBasis: ReadReleaseBasis;
  limits: WebhookLimits;
  delaysMs: readonly number[];
  keys: readonly SecretKey[];
}

const system = { kind: 'SYSTEM', id: 'referrals' } as const;

/**
 * Sends the waiting deliveries of one referral and subscription in order: the next is sent only when the one
 * before it was accepted, withheld or dropped. Source: infra/reference/events.md 5.2.
 */
export function deliverWebhooks(parts: DeliveryParts, job: string): Job {
  return async (payload, { dataSource }) => {
    const { subscriptionId, referralId } = payload as Line;
    const line = { subscriptionId, referralId };
    for (;;) {
      const subscription = await dataSource.manager.findOneBy(WebhookSubscriptionEntity, {
        id: line.subscriptionId,
      });
      const head = await findHead(dataSource, line);
      if (!head || subscription?.status !== 'ACTIVE') return;
      if (head.nextAttemptAt > parts.now()) return scheduleLine(dataSource.manager, line, head.nextAttemptAt);
      // The receiver has begun to fail since this was queued.
      if (job !== DELIVER_AGAIN && (await isFailing(dataSource.manager, subscriptionId)))
        return scheduleLine(dataSource.manager, line);
      const isOver = await attempt(dataSource, parts, head, subscription);
      if (!isOver) return;
    }
  };
}

function findHead(db: DataSource, line: Line): Promise<WebhookDelivery | null> {
  return db.manager.findOne(WebhookDeliveryEntity, {
    where: { ...line, state: 'PENDING' },
    order: { eventNumber: 'ASC' },
  });
}

/** One attempt; whether the delivery is over. */
async function attempt(
  db: DataSource,
  parts: DeliveryParts,
  delivery: WebhookDelivery,
  subscription: WebhookSubscription,
): Promise<boolean> {
  const event = await db.manager.findOneBy(PartnerEventEntity, { id: delivery.eventId });
  // The log no longer keeps the event: an old delivery was asked for again.
  if (!event) return settle(db, delivery, 'DROPPED');
  const at = parts.now();
  const permission = await mayGo(db, parts, delivery, event);
  if (permission === 'WITHHELD') return settle(db, delivery, 'WITHHELD');
  const sent: Sent =
    permission === 'UNVERIFIABLE'
      ? { outcome: 'CONSENT_UNVERIFIABLE', httpStatus: null }
      : await post(parts, subscription, event, at);
  const isOld = sent.outcome === 'THROTTLED' && !throttledUntil(delivery, sent.retryAfterMs ?? null, at);
  const outcome = isOld ? 'REFUSED_BY_RECEIVER' : sent.outcome;
  return db.transaction((tx) => keep(tx, parts, { delivery, sent: { ...sent, outcome }, at }));
}

async function settle(db: DataSource, { id }: WebhookDelivery, state: 'DROPPED' | 'WITHHELD'): Promise<true> {
  await db.manager.update(WebhookDeliveryEntity, { id, state: 'PENDING' }, { state });
  return true;
}

/**
 * Consent is read again before every attempt. A tombstone is sent only to an agency that was told of the
 * referral before: for others it would be the first news of it.
 */
async function mayGo(
  db: DataSource,
  { readReleaseBasis, now }: DeliveryParts,
  { subscriptionId, referralId, eventNumber }: WebhookDelivery,
  event: PartnerEvent,
): Promise<'GO' | 'WITHHELD' | 'UNVERIFIABLE'> {
  const referral = await db.manager.findOneByOrFail(ReferralEntity, { id: referralId });
  const agency = await db.manager.findOneByOrFail(AgencyEntity, { id: referral.agencyId });
  // As in the graph: without an agreement not even a tombstone is shown.
  if (!mayReceive(agency, now())) return 'WITHHELD';
  if (event.priority === null) {
    const line = { subscriptionId, referralId, eventNumber: LessThan(eventNumber) };
    const before = await db.manager.find(WebhookDeliveryEntity, { select: { id: true }, where: line });
    // The attempts, not the states: a replay that was withheld does not undo what the agency was told.
    const told = { deliveryId: In(before.map(({ id }) => id)), outcome: 'DELIVERED' } as const;
    return (await db.manager.existsBy(WebhookAttemptEntity, told)) ? 'GO' : 'WITHHELD';
  }
  if (isTombstone(referral)) return 'WITHHELD';
  const service = await db.manager.findOneByOrFail(ServiceEntity, { id: referral.serviceId });
  const basis = await readReleaseBasis(referral.clientId);
  if (basis === 'UNVERIFIABLE') return 'UNVERIFIABLE';
  const decision = decideRelease({ actor: system, referral, agency, service, basis, now: now() });
  return decision.kind === 'DENY' ? 'WITHHELD' : 'GO';
}

function post(
  { limits, keys }: DeliveryParts,
  subscription: WebhookSubscription,
  event: PartnerEvent,
  at: Date,
): Promise<Sent> {
  const body = messageOf(event);
  const headers = signedHeaders(keys, subscription, { id: event.id, body }, at);
  // The agency gets no trace context: its own tracing is separate from ours.
  return inSpan(
    () => ({
      by: 'referrals',
      name: 'post webhook',
      kind: 'client',
      attributes: { 'throughline.event.id': event.id },
    }),
    () => postSafely(subscription.url, headers, body, limits),
  );
}

interface Tried {
  delivery: WebhookDelivery;
  sent: Sent;
  at: Date;
}

async function keep(
  tx: EntityManager,
  parts: DeliveryParts,
  { delivery, sent, at }: Tried,
): Promise<boolean> {
  const now = parts.now();
  const attempts = delivery.attempts + 1;
  await tx.insert(WebhookAttemptEntity, {
    deliveryId: delivery.id,
    attempt: attempts,
    at,
    outcome: sent.outcome,
    httpStatus: sent.httpStatus,
    durationMs: Math.max(0, now.getTime() - at.getTime()),
  });
  const again = await nextTry(tx, parts, { delivery, sent, at }, now);
  const state = sent.outcome === 'DELIVERED' ? 'DELIVERED' : again ? 'PENDING' : 'EXHAUSTED';
  const { affected } = await tx.update(
    WebhookDeliveryEntity,
    { id: delivery.id, state: 'PENDING' },
    { attempts, state, nextAttemptAt: again ?? delivery.nextAttemptAt },
  );
  // Dropped during the attempt: the attempt is recorded, and nothing follows from it.
  if (!affected) return true;
  if (state === 'EXHAUSTED') await disable(tx, delivery, sent.outcome === 'GONE' ? 'GONE' : 'EXHAUSTED', now);
  if (again) await scheduleLine(tx, delivery, again);
  return state === 'DELIVERED';
}

/** Failures of the receiver use up the attempts; a consent that could not be read and a wait that was asked for do not. */
async function nextTry(
  tx: EntityManager,
  { delaysMs }: DeliveryParts,
  { delivery, sent }: Tried,
  now: Date,
): Promise<Date | null> {
  if (sent.outcome === 'DELIVERED' || sent.outcome === 'GONE') return null;
  if (sent.outcome === 'THROTTLED') return throttledUntil(delivery, sent.retryAfterMs ?? null, now);
  if (sent.outcome === 'CONSENT_UNVERIFIABLE')
    return nextAttemptAt(
      Math.min(delivery.attempts + 1, delaysMs.length - 1, 3),
      now,
      Math.random(),
      delaysMs,
    );
  const failed = {
    deliveryId: delivery.id,
    outcome: Not(In(['CONSENT_UNVERIFIABLE', 'THROTTLED'] as const)),
  };
  return nextAttemptAt(await tx.countBy(WebhookAttemptEntity, failed), now, Math.random(), delaysMs);
}

/** People tell the operator of the receiver: the fact reaches the notifications service. */
async function disable(
  tx: EntityManager,
  { subscriptionId, agencyId, id }: WebhookDelivery,
  reason: string,
  now: Date,
): Promise<void> {
  const cause: Cause = { actor: system, correlationId: id };
  const { affected } = await tx.update(
    WebhookSubscriptionEntity,
    { id: subscriptionId, status: 'ACTIVE' },
    { status: 'DISABLED', disabledReason: reason, version: () => 'version + 1' },
  );
  if (!affected) return;
  await tx.update(WebhookDeliveryEntity, { subscriptionId, state: 'PENDING' }, { state: 'DROPPED' });
  await record(tx, cause, webhookDisabled.of(subscriptionId, now, { subscriptionId, agencyId }));
}
