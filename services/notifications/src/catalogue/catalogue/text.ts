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
  PARTNER_WEBHOOK_FAILING: {
    title: 'A webhook no longer takes deliveries',
    body: 'It was switched off after repeated failures. Contact the technical owner.',
  },
};
