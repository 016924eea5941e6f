import { EntitySchema } from 'typeorm';
import type { WebhookAttempt, WebhookDelivery, WebhookSubscription } from './webhook.ts';

export const WebhookSubscriptionEntity = new EntitySchema<WebhookSubscription>({
  name: 'WebhookSubscription',
  tableName: 'webhook_subscription',
  columns: {
    id: { type: 'uuid', primary: true },
    agencyId: { type: 'uuid', name: 'agency_id' },
    url: { type: 'text' },
    secrets: { type: 'text', array: true },
    status: { type: 'text' },
    disabledReason: { type: 'text', name: 'disabled_reason', nullable: true },
    createdBy: { type: 'text', name: 'created_by' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    testedAt: { type: 'timestamptz', name: 'tested_at', nullable: true },
    version: { type: 'integer' },
  },
});

export const WebhookDeliveryEntity = new EntitySchema<WebhookDelivery>({
  name: 'WebhookDelivery',
  tableName: 'webhook_delivery',
  columns: {
    id: { type: 'uuid', primary: true },
    subscriptionId: { type: 'uuid', name: 'subscription_id' },
    agencyId: { type: 'uuid', name: 'agency_id' },
    referralId: { type: 'uuid', name: 'referral_id' },
    eventId: { type: 'uuid', name: 'event_id' },
    eventNumber: { type: 'bigint', name: 'event_number' },
    state: { type: 'text' },
    attempts: { type: 'integer' },
    nextAttemptAt: { type: 'timestamptz', name: 'next_attempt_at' },
    createdAt: { type: 'timestamptz', primary: true, name: 'created_at' },
  },
});

export const WebhookAttemptEntity = new EntitySchema<WebhookAttempt>({
  name: 'WebhookAttempt',
  tableName: 'webhook_attempt',
  columns: {
    deliveryId: { type: 'uuid', primary: true, name: 'delivery_id' },
    attempt: { type: 'integer', primary: true },
    at: { type: 'timestamptz', primary: true },
    outcome: { type: 'text' },
    httpStatus: { type: 'integer', name: 'http_status', nullable: true },
    durationMs: { type: 'integer', name: 'duration_ms' },
  },
});
