import type { PartnerEvent } from '../../referral/partner-event/partner-event.ts';

export interface WebhookSubscription {
  id: string;
  agencyId: string;
  url: string;
  /** Encrypted, newest first; two while a rotation lasts. Never shown again. */
  secrets: string[];
  status: 'ACTIVE' | 'DISABLED';
  disabledReason: string | null;
  createdBy: string;
  createdAt: Date;
  /** Time of the last test event. */
  testedAt: Date | null;
  version: number;
}

export type DeliveryState = 'PENDING' | 'DELIVERED' | 'WITHHELD' | 'EXHAUSTED' | 'DROPPED';

/** One event for one subscription, until it is accepted or dropped. */
export interface WebhookDelivery {
  id: string;
  subscriptionId: string;
  agencyId: string;
  referralId: string;
  eventId: string;
  eventNumber: string;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: Date;
  createdAt: Date;
}

/** Result of one attempt. `outcome` is a code; the answer of the receiver is not stored. */
export interface WebhookAttempt {
  deliveryId: string;
  attempt: number;
  at: Date;
  outcome: AttemptOutcome;
  httpStatus: number | null;
  durationMs: number;
}

export type AttemptOutcome =
  | 'DELIVERED'
  | 'REFUSED_BY_RECEIVER'
  | 'GONE'
  | 'THROTTLED'
  | 'REDIRECTED'
  | 'TIMED_OUT'
  | 'UNREACHABLE'
  | 'ADDRESS_NOT_ALLOWED'
  | 'CONSENT_UNVERIFIABLE';

/** The message has no client, no service, no sender and no need. Source: infra/reference/domain.md 8.12. */
export function messageOf(event: PartnerEvent): string {
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    type: event.type,
    source: '/network/referrals',
    subject: `referral/${event.referralId}`,
    time: event.occurredAt.toISOString(),
    sequence: event.number,
    data: {
      referralId: event.referralId,
      status: event.status,
      ...(event.priority && { priority: event.priority }),
    },
  });
}

export function disabled(subscription: WebhookSubscription, disabledReason: string): WebhookSubscription {
  return { ...subscription, status: 'DISABLED', disabledReason };
}

export function enabled(subscription: WebhookSubscription): WebhookSubscription {
  return { ...subscription, status: 'ACTIVE', disabledReason: null };
}

/** The new secret, and the last one until the next rotation. */
export function withSecret(subscription: WebhookSubscription, sealed: string): WebhookSubscription {
  return { ...subscription, secrets: [sealed, ...subscription.secrets.slice(0, 1)] };
}

/** An event that an agency sends to itself: signed as all others, without a referral and without a number. */
export function testMessage(id: string, at: Date): string {
  const event = { id, type: 'partner.test', source: '/network/referrals', time: at.toISOString() };
  return JSON.stringify({ specversion: '1.0', ...event, data: {} });
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Wait before each attempt, 75 h 35 min in all. Source: infra/reference/events.md 5.1. */
export const retryDelaysMs: readonly number[] = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/**
 * Time of the next attempt after `attempts` failures, or null after the last one. Up to a tenth is added, so
 * that deliveries that failed together are not repeated together. `chance` is from 0 to 1.
 */
export function nextAttemptAt(
  attempts: number,
  now: Date,
  chance: number,
  delaysMs: readonly number[] = retryDelaysMs,
): Date | null {
  const delay = delaysMs[attempts];
  return delay === undefined ? null : new Date(now.getTime() + delay * (1 + chance / 10));
}

/** Longest wait that a receiver can ask for, and the age from which on a throttled delivery counts as failed. */
const longestWaitMs = 24 * hour;
const longestThrottlingMs = 5 * 24 * hour;

/**
 * When to try again after a receiver has answered 429 with Retry-After, or null when that counts as a failure: without
 * Retry-After, or five days after the event. Source: https://www.standardwebhooks.com.
 */
export function throttledUntil(
  { createdAt }: Pick<WebhookDelivery, 'createdAt'>,
  retryAfterMs: number | null,
  now: Date,
): Date | null {
  if (retryAfterMs === null || now.getTime() - createdAt.getTime() > longestThrottlingMs) return null;
  return new Date(now.getTime() + Math.min(Math.max(retryAfterMs, second), longestWaitMs));
}
