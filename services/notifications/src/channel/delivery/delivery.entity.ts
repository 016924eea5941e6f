import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import { EntitySchema } from 'typeorm';
import type { AttemptOutcome, Delivery } from './delivery.ts';

/** One line of the log of attempts. */
export interface DeliveryAttempt {
  deliveryId: string;
  /** 1, 2, 3 … of its delivery. */
  number: number;
  channel: MessageChannel;
  startedAt: Date;
  endedAt: Date | null;
  outcome: AttemptOutcome;
  /** Code of the receiver, for example 550 or 30005. */
  answer: string | null;
  /** Id that the provider gave the message. */
  providerRef: string | null;
}

export const DeliveryEntity = new EntitySchema<Delivery>({
  name: 'Delivery',
  tableName: 'delivery',
  columns: {
    id: { type: 'uuid', primary: true },
    notificationId: { type: 'uuid', name: 'notification_id', nullable: true },
    recipientType: { type: 'text', name: 'recipient_type' },
    recipientId: { type: 'uuid', name: 'recipient_id' },
    code: { type: 'text' },
    route: { type: 'text', array: true },
    referralId: { type: 'uuid', name: 'referral_id', nullable: true },
    appointmentAt: { type: 'timestamptz', name: 'appointment_at', nullable: true },
    hoursBefore: { type: 'integer', name: 'hours_before', nullable: true },
    place: { type: 'integer' },
    tries: { type: 'integer' },
    attempts: { type: 'integer' },
    state: { type: 'text' },
    reason: { type: 'text', nullable: true },
    nextAttemptAt: { type: 'timestamptz', name: 'next_attempt_at' },
    sendingUntil: { type: 'timestamptz', name: 'sending_until', nullable: true },
    expiresAt: { type: 'timestamptz', name: 'expires_at' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    settledAt: { type: 'timestamptz', name: 'settled_at', nullable: true },
  },
});

export const DeliveryAttemptEntity = new EntitySchema<DeliveryAttempt>({
  name: 'DeliveryAttempt',
  tableName: 'delivery_attempt',
  columns: {
    deliveryId: { type: 'uuid', primary: true, name: 'delivery_id' },
    number: { type: 'integer', primary: true },
    startedAt: { type: 'timestamptz', primary: true, name: 'started_at' },
    channel: { type: 'text' },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    outcome: { type: 'text' },
    answer: { type: 'text', nullable: true },
    providerRef: { type: 'text', name: 'provider_ref', nullable: true },
  },
});
