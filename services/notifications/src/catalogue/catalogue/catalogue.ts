import type { NotificationCode, SubjectType } from '../../inbox/notification/notification.ts';

/** Recipient of a notification: a person whom the fact names, or everybody with a role. */
export type Addressee =
  | 'AUTHOR'
  | 'CASE_MANAGER'
  | 'SUPERVISOR'
  | 'NEXT_SUPERVISOR'
  | 'PROGRAM_ADMIN'
  | 'PRIVACY_OFFICER'
  | 'PLATFORM_ENGINEER';

export type Priority = 'URGENT' | 'NORMAL';

/** These are told, too, when nobody has acknowledged `afterMinutes` after the step before. */
export interface EscalationStep {
  afterMinutes: number;
  to: readonly Addressee[];
}

export interface CatalogueEntry {
  subject: SubjectType;
  to: readonly Addressee[];
  priority: Priority;
  respectsQuietHours: boolean;
  /** Whether a person is also told about their own action. */
  tellsActor: boolean;
  /** Not empty = must be acknowledged. The last step repeats until a person acknowledges. */
  escalation: readonly EscalationStep[];
}

const referralAnswer = {
  subject: 'Referral',
  to: ['CASE_MANAGER'],
  priority: 'NORMAL',
  respectsQuietHours: true,
  tellsActor: false,
  escalation: [],
} as const satisfies CatalogueEntry;

/**
 * Who is told of what, and how urgently. A new row goes here, its text into `text.ts`, its fact into a
 * reaction. Only this file decides which codes ignore quiet hours, never a user. Source:
 * infra/reference/domain.md 6.2.
 */
export const catalogue = {
  SCREEN_POSITIVE_SAFETY: {
    subject: 'Screening',
    to: ['AUTHOR', 'SUPERVISOR'],
    priority: 'URGENT',
    respectsQuietHours: false,
    tellsActor: true,
    escalation: [
      { afterMinutes: 60, to: ['NEXT_SUPERVISOR'] },
      { afterMinutes: 60, to: ['PROGRAM_ADMIN'] },
    ],
  },
  REFERRAL_ACCEPTED: referralAnswer,
  REFERRAL_DECLINED: referralAnswer,
  REFERRAL_WAITLISTED: referralAnswer,
  REFERRAL_SCHEDULED: referralAnswer,
  REFERRAL_INFO_REQUESTED: referralAnswer,
  REFERRAL_COMPLETED: referralAnswer,
  REFERRAL_CLOSED_UNRESOLVED: referralAnswer,
  REFERRAL_CANCELLED: referralAnswer,
  REFERRAL_EXPIRED: referralAnswer,
  CONSENT_REVOKED: {
    subject: 'Consent',
    to: ['CASE_MANAGER', 'PRIVACY_OFFICER'],
    priority: 'URGENT',
    respectsQuietHours: false,
    tellsActor: true,
    escalation: [],
  },
  CONSENT_EXPIRED: {
    subject: 'Consent',
    to: ['CASE_MANAGER'],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: true,
    escalation: [],
  },
  CASE_ASSIGNED: {
    subject: 'CaseFile',
    to: ['CASE_MANAGER'],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: false,
    escalation: [],
  },
  UNASSIGNED_CASE: {
    subject: 'CaseFile',
    to: ['SUPERVISOR'],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: true,
    escalation: [],
  },
  PARTNER_WEBHOOK_FAILING: {
    subject: 'Agency',
    to: ['PLATFORM_ENGINEER', 'PROGRAM_ADMIN'],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: true,
    escalation: [],
  },
} as const satisfies Record<NotificationCode, CatalogueEntry>;

/** The row of a code. */
export function entryOf(code: NotificationCode): CatalogueEntry {
  return catalogue[code];
}

/** Whether a notification of this code must be acknowledged. */
export function mustBeAcknowledged(code: NotificationCode): boolean {
  return entryOf(code).escalation.length > 0;
}
