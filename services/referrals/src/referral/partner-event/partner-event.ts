import { visibilityStage, type ReferralStatus } from '@throughline/privacy';
import { closeReasonOf, type Referral, type ReferralPriority, type Step } from '../referral/referral.ts';

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
