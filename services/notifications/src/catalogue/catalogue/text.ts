import type { NotificationCode } from '../../inbox/notification/notification.ts';

export interface Text {
  title: string;
  body: string;
}

/**
 * Texts of the inbox. They are constant and have no place for a name, an agency or a service: the graph answers
 * whom and what they are about, with the permission of the reader. Source: infra/reference/domain.md 6.3.
 */
export const texts: Record<NotificationCode, Text> = {
  CRISIS_L1: {
    title: 'Somebody needs you now',
    body: 'Open it, take it over, then act. The next person is called in five minutes.',
  },
  CRISIS_L2: {
    title: 'Somebody needs you today',
    body: 'Open it and take it over within half an hour.',
  },
  SCREEN_POSITIVE_SAFETY: {
    title: 'A safety answer needs you now',
    body: 'A screening raised a safety flag. Look at it, act on it, then acknowledge.',
  },
  REFERRAL_ACCEPTED: {
    title: 'A referral was accepted',
    body: 'Tell the person and agree on the next step.',
  },
  REFERRAL_DECLINED: {
    title: 'A referral was declined',
    body: 'Read the reason and choose another way with the person.',
  },
  REFERRAL_WAITLISTED: {
    title: 'A referral is on a waiting list',
    body: 'Agree with the person whether to wait or to look further.',
  },
  REFERRAL_SCHEDULED: {
    title: 'A referral has a date',
    body: 'Check that the person knows the date and can get there.',
  },
  REFERRAL_INFO_REQUESTED: {
    title: 'A referral needs more information',
    body: 'The receiver has a question. Answer it before the due date.',
  },
  REFERRAL_COMPLETED: {
    title: 'A referral was completed',
    body: 'Read the outcome and confirm it with the person.',
  },
  REFERRAL_CLOSED_UNRESOLVED: {
    title: 'A referral was closed without a result',
    body: 'The need is still open. Choose another way with the person.',
  },
  REFERRAL_CANCELLED: {
    title: 'A referral was cancelled',
    body: 'Read the reason and check what the person needs now.',
  },
  REFERRAL_EXPIRED: {
    title: 'A referral got no answer in time',
    body: 'The need is still open. Choose another way with the person.',
  },
  CONSENT_REVOKED: {
    title: 'A consent was revoked',
    body: 'Nothing more is shared under it. Check what depended on it.',
  },
  CONSENT_EXPIRED: {
    title: 'A consent has expired',
    body: 'Nothing more is shared under it. Ask the person whether to renew it.',
  },
  CASE_ASSIGNED: {
    title: 'A case was assigned to you',
    body: 'Open the case and make the first contact.',
  },
  UNASSIGNED_CASE: {
    title: 'A case has no case manager',
    body: 'Assign somebody, so that the person is not left waiting.',
  },
  CASE_ROLE_ASSIGNED: {
    title: 'You have a role on a case',
    body: 'Open the case and read what the case manager expects of you.',
  },
  CASELOAD_WARNING: {
    title: 'A caseload is nearly full',
    body: 'Look at the caseload before the next assignment.',
  },
  CASELOAD_OVER: {
    title: 'A caseload is full',
    body: 'A further case needs the approval of the supervisor.',
  },
  CREDENTIAL_EXPIRING: {
    title: 'Your credential ends in some months',
    body: 'Check the hours of continuing education that are missing.',
  },
  CREDENTIAL_EXPIRING_SOON: {
    title: 'A credential ends soon',
    body: 'Renew it in time: after its days of grace it takes no new cases.',
  },
  CREDENTIAL_EXPIRED: {
    title: 'A credential has ended',
    body: 'Renew it now, if that is still possible.',
  },
  CREDENTIAL_LAPSED: {
    title: 'A credential is over for good',
    body: 'No new cases are possible. Decide who takes the present ones.',
  },
  PLAN_REVIEW_DUE: {
    title: 'A review is due soon',
    body: 'Go through the plan together, and record what came out of it.',
  },
  PLAN_REVIEW_LATE: {
    title: 'A review is two weeks late',
    body: 'Find out why, and agree on a day.',
  },
  GOAL_OVERDUE: {
    title: 'The day of a goal is near',
    body: 'Record how far it was reached, agree on another day, or close it.',
  },
  GOAL_LATE: {
    title: 'The day of a goal was two weeks ago',
    body: 'Find out why it is open, and agree on what comes next.',
  },
  NOTE_TO_COSIGN: {
    title: 'A note waits for your signature',
    body: 'Read what your colleague wrote, and sign it or give it back.',
  },
  NOTE_RETURNED: {
    title: 'A note came back to you',
    body: 'Read what is to be changed, change it, and sign it again.',
  },
  ADVICE_QUESTION: {
    title: 'A colleague asks for your answer',
    body: 'The question is beyond the scope of the colleague. Read it and answer.',
  },
  CADENCE_MISSED: {
    title: 'A contact is overdue',
    body: 'Reach out to the person, or write down the attempt.',
  },
  CONTACT_LONG_OVERDUE: {
    title: 'A contact of your team is long overdue',
    body: 'Agree with the case manager who reaches out to the person.',
  },
  FAILED_ATTEMPTS: {
    title: 'Two attempts to reach a person failed',
    body: 'Try another way or another time, or go to see the person.',
  },
  CARE_GAP: {
    title: 'A case has a gap',
    body: 'Nobody can act for it, or no contact is planned. Close the gap.',
  },
  HOLD_REVIEW_DUE: {
    title: 'A paused case is due for its review',
    body: 'Go on with it, or name another day.',
  },
  WAITLIST_REVIEW_DUE: {
    title: 'A place on a wait list is due for its review',
    body: 'Take the person, or name another day.',
  },
  PARTNER_WEBHOOK_FAILING: {
    title: 'A webhook no longer takes deliveries',
    body: 'It was switched off after repeated failures. Contact the technical owner.',
  },
  CRISIS_CALL: {
    title: 'A caller is in a crisis',
    body: 'Ask the intake desk whether help is needed, then acknowledge.',
  },
  CALLBACK_DUE: {
    title: 'A promised call is due in a few minutes',
    body: 'Claim it, so that nobody else calls, and call.',
  },
  CALLBACK_MISSED: {
    title: 'A promised call was missed',
    body: 'Somebody waits for this call. See that it is made now, then acknowledge.',
  },
  FOLLOW_UP_MISSED: {
    title: 'A follow-up was not made in time',
    body: 'Open the follow-ups, reach out now, and write down what was tried.',
  },
  AFTERCARE_CONTACT_DUE: {
    title: 'A contact after discharge is due',
    body: 'Reach out, and write the contact down: it is met by itself.',
  },
  AFTERCARE_CONTACT_MISSED: {
    title: 'A contact after discharge was missed',
    body: 'Nobody reached the person in time. Reach out now, and write down what was tried.',
  },
  LOST_CONTACT: {
    title: 'Three attempts reached nobody',
    body: 'Decide what is tried next: a welfare check, a letter, a person close by. Then acknowledge.',
  },
  LOST_CONTACT_REVIEW: {
    title: 'A lost contact waits for your review',
    body: 'Read what was tried, agree or send it back, then acknowledge.',
  },
  TRANSITION_APPT_MISSING: {
    title: 'A first visit is missing',
    body: 'Nothing is arranged for the first week. Arrange it, then acknowledge.',
  },
  TRANSITION_FAILED: {
    title: 'A transition failed',
    body: 'The person did not get there. Reach out, and plan the next step.',
  },
  RETURN_TO_USE: {
    title: 'A change that needs your attention',
    body: 'Read what was done for safety, and what changes in the plan.',
  },
  NOTE_IN_CRISIS: {
    title: 'Words that need a person now',
    body: 'Somebody may be in danger. Read it, reach the person, then acknowledge.',
  },
  APPOINTMENT_REMINDER: {
    title: 'A reminder',
    body: 'It leaves outside the application.',
  },
  DAILY_DIGEST: {
    title: 'Your summary of the morning',
    body: 'What waits for you, and what must be acknowledged.',
  },
  APPRECIATION_RECEIVED: {
    title: 'Somebody thanks you',
    body: 'A note of thanks waits for you.',
  },
};
