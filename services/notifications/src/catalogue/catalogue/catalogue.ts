import type { NotificationCode, SubjectType } from '../../inbox/notification/notification.ts';

/** Recipient of a notification: a person whom the fact names, or everybody with a role. */
export type Addressee =
  | 'AUTHOR'
  | 'AUTHOR_OR_SUPERVISOR'
  | 'CASE_MANAGER'
  | 'BACKUP'
  | 'ON_CALL_CLINICIAN'
  | 'SUPERVISOR'
  /** Everybody who can assign a case: the supervisors, otherwise the program administrators. */
  | 'ASSIGNERS'
  | 'NEXT_SUPERVISOR'
  | 'PROGRAM_ADMIN'
  | 'PRIVACY_OFFICER'
  | 'PLATFORM_ENGINEER'
  /** The person whom it thanks, also while on leave: nobody opens it in their place. */
  | 'PERSON_THANKED';

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
  /** The clock of the chain begins when it happened, and not when this service heard of it: steps that are due are done at once. */
  catchesUp?: boolean;
}

const referralAnswer = {
  subject: 'Referral',
  to: ['CASE_MANAGER'],
  priority: 'NORMAL',
  respectsQuietHours: true,
  tellsActor: false,
  escalation: [],
} as const satisfies CatalogueEntry;

const aboutStaff = {
  to: ['CASE_MANAGER', 'SUPERVISOR'],
  priority: 'NORMAL',
  respectsQuietHours: true,
  tellsActor: true,
  escalation: [],
} as const satisfies Omit<CatalogueEntry, 'subject'>;

/** After a day somebody else is told, after another day the administrators. */
const eachDay = (next: Addressee): EscalationStep[] => [
  { afterMinutes: 24 * 60, to: [next] },
  { afterMinutes: 24 * 60, to: ['PROGRAM_ADMIN'] },
];

/** What a timer of a case tells, so that nobody is their own sender. */
const caseTask = {
  subject: 'CaseFile',
  priority: 'NORMAL',
  respectsQuietHours: true,
  tellsActor: true,
  escalation: [],
} as const satisfies Omit<CatalogueEntry, 'to'>;

/**
 * Who is told of what, and how urgently. A new row goes here, its text into `text.ts`, its fact into a
 * reaction. Only this file decides which codes ignore quiet hours, never a user. Source:
 * infra/reference/domain.md 6.2.
 */
export const catalogue = {
  CRISIS_L1: {
    subject: 'CrisisAlert',
    to: ['CASE_MANAGER'],
    priority: 'URGENT',
    respectsQuietHours: false,
    tellsActor: true,
    catchesUp: true,
    escalation: [
      { afterMinutes: 5, to: ['BACKUP'] },
      { afterMinutes: 5, to: ['ON_CALL_CLINICIAN'] },
      { afterMinutes: 5, to: ['SUPERVISOR'] },
      { afterMinutes: 5, to: ['PROGRAM_ADMIN'] },
    ],
  },
  CRISIS_L2: {
    subject: 'CrisisAlert',
    to: ['CASE_MANAGER', 'SUPERVISOR'],
    priority: 'URGENT',
    respectsQuietHours: false,
    tellsActor: true,
    catchesUp: true,
    escalation: [
      { afterMinutes: 30, to: ['NEXT_SUPERVISOR'] },
      { afterMinutes: 30, to: ['PROGRAM_ADMIN'] },
    ],
  },
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
  CASE_ROLE_ASSIGNED: {
    subject: 'CaseFile',
    to: ['CASE_MANAGER'],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: false,
    escalation: [],
  },
  CASELOAD_WARNING: { ...aboutStaff, subject: 'StaffMember' },
  CASELOAD_OVER: { ...aboutStaff, subject: 'StaffMember' },
  CREDENTIAL_EXPIRING: { ...aboutStaff, subject: 'Credential', to: ['CASE_MANAGER'] },
  CREDENTIAL_EXPIRING_SOON: { ...aboutStaff, subject: 'Credential' },
  CREDENTIAL_EXPIRED: { ...aboutStaff, subject: 'Credential' },
  CREDENTIAL_LAPSED: {
    ...aboutStaff,
    ...{ subject: 'Credential', to: ['CASE_MANAGER', 'SUPERVISOR', 'PROGRAM_ADMIN'] },
  },
  UNASSIGNED_CASE: { ...caseTask, to: ['ASSIGNERS'] },
  CADENCE_MISSED: { ...caseTask, to: ['CASE_MANAGER'] },
  CONTACT_LONG_OVERDUE: { ...caseTask, to: ['SUPERVISOR'] },
  FAILED_ATTEMPTS: { ...caseTask, to: ['CASE_MANAGER', 'SUPERVISOR'] },
  CARE_GAP: { ...caseTask, to: ['SUPERVISOR'] },
  HOLD_REVIEW_DUE: { ...caseTask, to: ['CASE_MANAGER'] },
  WAITLIST_REVIEW_DUE: { ...caseTask, to: ['CASE_MANAGER'] },
  PLAN_REVIEW_DUE: { ...caseTask, subject: 'CarePlan', to: ['CASE_MANAGER'] },
  PLAN_REVIEW_LATE: { ...caseTask, subject: 'CarePlan', to: ['SUPERVISOR'] },
  GOAL_OVERDUE: { ...caseTask, subject: 'Goal', to: ['CASE_MANAGER'] },
  GOAL_LATE: { ...caseTask, subject: 'Goal', to: ['SUPERVISOR'] },
  NOTE_TO_COSIGN: { ...caseTask, subject: 'ProgressNote', to: ['SUPERVISOR'] },
  NOTE_RETURNED: { ...caseTask, subject: 'ProgressNote', to: ['AUTHOR'] },
  ADVICE_QUESTION: { ...caseTask, subject: 'Advice', to: ['CASE_MANAGER'] },
  PARTNER_WEBHOOK_FAILING: {
    subject: 'Agency',
    to: ['PLATFORM_ENGINEER', 'PROGRAM_ADMIN'],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: true,
    escalation: [],
  },
  CRISIS_CALL: {
    subject: 'Inquiry',
    to: ['SUPERVISOR'],
    priority: 'URGENT',
    respectsQuietHours: false,
    tellsActor: true,
    escalation: [
      { afterMinutes: 15, to: ['NEXT_SUPERVISOR'] },
      { afterMinutes: 15, to: ['PROGRAM_ADMIN'] },
    ],
  },
  CALLBACK_DUE: {
    subject: 'Inquiry',
    to: ['AUTHOR_OR_SUPERVISOR'],
    priority: 'URGENT',
    respectsQuietHours: false,
    tellsActor: true,
    escalation: [],
  },
  CALLBACK_MISSED: {
    subject: 'Inquiry',
    to: ['SUPERVISOR'],
    priority: 'URGENT',
    respectsQuietHours: false,
    tellsActor: true,
    escalation: [
      { afterMinutes: 30, to: ['NEXT_SUPERVISOR'] },
      { afterMinutes: 60, to: ['PROGRAM_ADMIN'] },
    ],
  },
  FOLLOW_UP_MISSED: {
    subject: 'Client',
    to: ['CASE_MANAGER', 'SUPERVISOR'],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: true,
    escalation: [],
  },
  AFTERCARE_CONTACT_DUE: { subject: 'Client', ...aboutStaff, to: ['CASE_MANAGER'] },
  AFTERCARE_CONTACT_MISSED: { subject: 'Client', ...aboutStaff },
  LOST_CONTACT: { subject: 'Client', ...aboutStaff, escalation: eachDay('NEXT_SUPERVISOR') },
  LOST_CONTACT_REVIEW: {
    ...{ subject: 'Client', ...aboutStaff, to: ['SUPERVISOR'] },
    escalation: eachDay('NEXT_SUPERVISOR'),
  },
  TRANSITION_APPT_MISSING: {
    ...{ subject: 'Client', ...aboutStaff, to: ['CASE_MANAGER'] },
    escalation: eachDay('SUPERVISOR'),
  },
  TRANSITION_FAILED: { subject: 'Client', ...aboutStaff },
  RETURN_TO_USE: { subject: 'Client', ...aboutStaff },
  NOTE_IN_CRISIS: {
    subject: 'AppreciationNote',
    to: ['SUPERVISOR', 'ON_CALL_CLINICIAN'],
    priority: 'URGENT',
    respectsQuietHours: false,
    tellsActor: true,
    escalation: [
      { afterMinutes: 15, to: ['NEXT_SUPERVISOR'] },
      { afterMinutes: 15, to: ['PROGRAM_ADMIN'] },
    ],
  },
  APPRECIATION_RECEIVED: {
    subject: 'AppreciationNote',
    to: ['PERSON_THANKED'],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: true,
    escalation: [],
  },
  DAILY_DIGEST: {
    subject: 'StaffMember',
    to: [],
    priority: 'NORMAL',
    respectsQuietHours: true,
    tellsActor: true,
    escalation: [],
  },
  /** Reaches the client and nobody's inbox. */
  APPOINTMENT_REMINDER: {
    subject: 'Referral',
    to: [],
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
