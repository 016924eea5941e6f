import { addDays, type ReferralStatus } from '@throughline/privacy';
import type { ReferralStepPlan } from './plan.ts';
import { turn } from './seeded.ts';

/** Stands for the moment at which the step is done. */
export const now = '@now';
/** Stands for a moment that is over when the next step is done. */
export const soon = '@soon';

const step = (
  by: ReferralStepPlan['by'],
  command: string,
  to: ReferralStatus,
  input: Record<string, unknown> = {},
): ReferralStepPlan => ({ by, command, to, input });

const sent = step('CASE_MANAGER', 'sendReferral', 'SENT');
const accepted = step('PARTNER', 'acceptReferral', 'ACCEPTED');
const begun = step('PARTNER', 'startReferralService', 'IN_PROGRESS', { firstServiceAt: now });

const declines = ['NO_CAPACITY', 'NOT_ELIGIBLE_AGE', 'MISSING_DOCUMENTATION', 'SERVICE_NOT_OFFERED'];
const outcomes = ['SERVICE_RECEIVED_FULL', 'ADMITTED', 'LINKED_TO_ONGOING_PROVIDER'];
const cancels = ['CLIENT_CHANGED_MIND', 'NEED_RESOLVED_ELSEWHERE', 'CLIENT_MOVED'];

/** The commands from the draft to each state. No state occurs twice. Source: infra/reference/domain.md 2.8. */
export function wayTo(status: ReferralStatus, number: number, today: string): ReferralStepPlan[] {
  const reviewOn = addDays(today, 14);
  const ways: Record<ReferralStatus, ReferralStepPlan[]> = {
    DRAFT: [],
    PENDING_CONSENT: [step('CASE_MANAGER', 'submitReferral', 'PENDING_CONSENT')],
    SENT: [sent],
    RECEIVED: [sent, step('PARTNER', 'acknowledgeReferral', 'RECEIVED')],
    INFO_REQUESTED: [
      sent,
      step('PARTNER', 'requestReferralInfo', 'INFO_REQUESTED', {
        question: 'From which day on is it needed?',
      }),
    ],
    ACCEPTED: [sent, accepted],
    WAITLISTED: [
      sent,
      step('PARTNER', 'waitlistReferral', 'WAITLISTED', { position: 1 + (number % 9), reviewOn }),
    ],
    SCHEDULED: [sent, accepted, scheduled(`${addDays(today, 2 + (number % 9))}T15:00:00Z`)],
    NO_SHOW: [
      sent,
      accepted,
      scheduled(soon),
      step('PARTNER', 'recordReferralNoShow', 'NO_SHOW', { followUp: 'TRANSPORT' }),
    ],
    IN_PROGRESS: [sent, accepted, begun],
    ON_HOLD: [
      sent,
      accepted,
      step('PARTNER', 'holdReferral', 'ON_HOLD', { reason: 'AWAITING_DOCUMENTS', reviewOn }),
    ],
    COMPLETED: [
      sent,
      accepted,
      begun,
      step('PARTNER', 'closeReferralResolved', 'COMPLETED', { outcomeCode: turn(outcomes, number) }),
    ],
    CLOSED_UNRESOLVED: [
      sent,
      accepted,
      step('PARTNER', 'closeReferralUnresolved', 'CLOSED_UNRESOLVED', {
        reason: 'UNABLE_TO_CONTACT_CLIENT',
        closedBySide: 'PROVIDER',
      }),
    ],
    DECLINED: [sent, step('PARTNER', 'declineReferral', 'DECLINED', { reason: turn(declines, number) })],
    CANCELLED: [sent, step('CASE_MANAGER', 'cancelReferral', 'CANCELLED', { reason: turn(cancels, number) })],
    EXPIRED: [sent, step('TIMER', 'expire', 'EXPIRED')],
    ENTERED_IN_ERROR: [
      sent,
      step('SUPERVISOR', 'enterReferralInError', 'ENTERED_IN_ERROR', { note: 'Meant for another request.' }),
    ],
  };
  return ways[status];
}

const scheduled = (startsAt: string): ReferralStepPlan =>
  step('PARTNER', 'scheduleReferral', 'SCHEDULED', { startsAt });
