import { referralFacts } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import type { NotificationCode } from '../../inbox/notification/notification.ts';
import { notify, type Desk } from './notify.ts';
import { findTeam } from './team-of.ts';

const codes = {
  accepted: 'REFERRAL_ACCEPTED',
  declined: 'REFERRAL_DECLINED',
  waitlisted: 'REFERRAL_WAITLISTED',
  scheduled: 'REFERRAL_SCHEDULED',
  rescheduled: 'REFERRAL_SCHEDULED',
  infoRequested: 'REFERRAL_INFO_REQUESTED',
  completed: 'REFERRAL_COMPLETED',
  closedUnresolved: 'REFERRAL_CLOSED_UNRESOLVED',
  cancelled: 'REFERRAL_CANCELLED',
  expired: 'REFERRAL_EXPIRED',
} satisfies Partial<Record<keyof typeof referralFacts, NotificationCode>>;

/** Tells the case manager of today what the agency or a timer did to the referral. */
export function onReferralSteps(desk: Desk): Reaction[] {
  return Object.entries(codes).map(([step, code]) =>
    on(referralFacts[step as keyof typeof codes], async (tx, fact, received) => {
      const { referralId: subjectId, clientId, dueAt } = fact;
      // The person in the fact may have handed the client over since.
      const team = await findTeam(tx, clientId);
      const asked = code === 'REFERRAL_INFO_REQUESTED' && dueAt ? new Date(dueAt) : null;
      await notify(tx, desk, received, {
        ...{ code, subjectId, clientId, named: { caseManagerId: team?.caseManagerId ?? fact.caseManagerId } },
        dueAt: asked,
      });
    }),
  );
}
