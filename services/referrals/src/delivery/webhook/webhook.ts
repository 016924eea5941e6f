import type { ReferralStatus } from '@throughline/privacy';
import { visibilityStage } from '@throughline/privacy';
import type { Referral, ReferralPriority, Step } from '../../referral/referral/referral.ts';
import { closeReasonOf } from '../../referral/referral/referral.ts';

/** One line of an agency's event log: numbered without gaps, ids and codes only. Source: infra/reference/domain.md 8.12. */
export interface PartnerEvent {
  agencyId: string;
  /** From 1, in the order of commits. bigint in the database. */
  number: string;
  id: string;
  referralId: string;
  type: string;
  status: ReferralStatus;
  /** Null in a tombstone. */
  priority: ReferralPriority | null;
  occurredAt: Date;
}

export interface WebhookSubscription {
  id: string;
  agencyId: string;
  url: string;
  /** Newest first; two while a rotation lasts. Never shown again. */
  secrets: string[];
  status: 'ACTIVE' | 'DISABLED';
  disabledReason: string | null;
  createdBy: string;
  createdAt: Date;
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
  | 'REDIRECTED'
  | 'TIMED_OUT'
  | 'UNREACHABLE'
  | 'ADDRESS_NOT_ALLOWED'
  | 'CONSENT_UNVERIFIABLE';

const names: Partial<Record<Step['fact'], string>> = {
  sent: 'sent',
  received: 'acknowledged',
  infoRequested: 'info_requested',
  infoProvided: 'info_provided',
  accepted: 'accepted',
  declined: 'declined',
  waitlisted: 'waitlisted',
  scheduled: 'scheduled',
  rescheduled: 'rescheduled',
  appointmentCancelled: 'appointment_cancelled',
  noShow: 'no_show',
  serviceStarted: 'service_started',
  held: 'held',
  resumed: 'resumed',
  completed: 'completed',
  closedUnresolved: 'closed_unresolved',
  expired: 'expired',
  outcomeAmended: 'outcome_amended',
};

export type NewPartnerEvent = Pick<PartnerEvent, 'agencyId' | 'referralId' | 'type' | 'status' | 'priority'>;

/**
 * Event for the agency about a step, or null when it may not know of it. A tombstone is the same for every
 * cause: it has id and status, and never says that another agency accepted. Source: infra/reference/domain.md
 * 2.7, 2.8, 3.8.
 */
export function partnerEventOf(referral: Referral, step: Step): NewPartnerEvent | null {
  const { agencyId, id: referralId, status, priority, sentAt } = referral;
  if (!sentAt) return null;
  const event = { agencyId, referralId, status };
  return isTombstone(referral)
    ? { ...event, type: tombstoneType(status), priority: null }
    : { ...event, type: `partner.referral.${names[step.fact] ?? 'changed'}`, priority };
}

/** The same whatever the cause. */
export function tombstoneType(status: ReferralStatus): string {
  return `partner.referral.${status === 'EXPIRED' ? 'expired' : 'cancelled'}`;
}

/** Only id and status are left for the partner. */
export function isTombstone(referral: Referral): boolean {
  return visibilityStage(referral.status, closeReasonOf(referral)) === 'TOMBSTONE';
}

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
