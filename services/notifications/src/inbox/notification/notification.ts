import type { Decision } from '@throughline/command/decision';
import { forbidden, type InputIssue } from '@throughline/graphql/problems';
import { uuidV7, type Fact, notificationAdded, notificationAcknowledged } from '@throughline/events';

/** Code of a notification. The catalogue has the recipients of each code. */
export const notificationCodes = [
  'CRISIS_L1',
  'CRISIS_L2',
  'SCREEN_POSITIVE_SAFETY',
  'REFERRAL_ACCEPTED',
  'REFERRAL_DECLINED',
  'REFERRAL_WAITLISTED',
  'REFERRAL_SCHEDULED',
  'REFERRAL_INFO_REQUESTED',
  'REFERRAL_COMPLETED',
  'REFERRAL_CLOSED_UNRESOLVED',
  'REFERRAL_CANCELLED',
  'REFERRAL_EXPIRED',
  'CONSENT_REVOKED',
  'CONSENT_EXPIRED',
  'CASE_ASSIGNED',
  'UNASSIGNED_CASE',
  'CASE_ROLE_ASSIGNED',
  'CASELOAD_WARNING',
  'CASELOAD_OVER',
  'CREDENTIAL_EXPIRING',
  'CREDENTIAL_EXPIRING_SOON',
  'CREDENTIAL_EXPIRED',
  'CREDENTIAL_LAPSED',
  'CADENCE_MISSED',
  'CONTACT_LONG_OVERDUE',
  'FAILED_ATTEMPTS',
  'CARE_GAP',
  'HOLD_REVIEW_DUE',
  'WAITLIST_REVIEW_DUE',
  'PARTNER_WEBHOOK_FAILING',
  'CRISIS_CALL',
  'CALLBACK_DUE',
  'CALLBACK_MISSED',
  'FOLLOW_UP_MISSED',
  'AFTERCARE_CONTACT_DUE',
  'AFTERCARE_CONTACT_MISSED',
  'LOST_CONTACT',
  'LOST_CONTACT_REVIEW',
  'TRANSITION_APPT_MISSING',
  'TRANSITION_FAILED',
  'RETURN_TO_USE',
  'PLAN_REVIEW_DUE',
  'PLAN_REVIEW_LATE',
  'GOAL_OVERDUE',
  'GOAL_LATE',
  'ADVICE_QUESTION',
  'NOTE_TO_COSIGN',
  'NOTE_RETURNED',
  'NOTE_IN_CRISIS',
  'APPRECIATION_RECEIVED',
  'APPOINTMENT_REMINDER',
  'DAILY_DIGEST',
] as const;
export type NotificationCode = (typeof notificationCodes)[number];

/** GraphQL types of the subject of a notification. */
export type SubjectType =
  | 'Advice'
  | 'Agency'
  | 'AppreciationNote'
  | 'CarePlan'
  | 'CaseFile'
  | 'Client'
  | 'Consent'
  | 'CrisisAlert'
  | 'Credential'
  | 'Goal'
  | 'Inquiry'
  | 'ProgressNote'
  | 'Referral'
  | 'Screening'
  | 'StaffMember';

export interface Notification {
  id: string;
  code: NotificationCode;
  recipientId: string;
  subjectType: SubjectType;
  subjectId: string;
  /** Null when it is not about a client. */
  clientId: string | null;
  /** The fact that led to it. */
  factId: string;
  /** Escalation step that told this recipient; 0 = told at once. */
  step: number;
  /** Null when it need not be acknowledged. */
  escalationId: string | null;
  createdAt: Date;
  /** When it may signal: the end of quiet hours, or `createdAt`. */
  deliverAt: Date;
  dueAt: Date | null;
  readAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  /** How many facts the line stands for. */
  times: number;
  /** When the latest of them came; null in a line of before this was kept. */
  latestAt: Date | null;
}

export const notificationStates = ['QUEUED', 'DELIVERED', 'READ', 'ACKNOWLEDGED'] as const;
export type NotificationState = (typeof notificationStates)[number];

/** A notification before its recipient is known. */
export type About = Pick<Notification, 'code' | 'subjectId' | 'clientId' | 'factId' | 'dueAt'>;

interface Telling {
  subjectType: SubjectType;
  recipientId: string;
  deliverAt: Date;
  step: number;
  escalationId: string | null;
}

/** A notification for one recipient, not read yet. */
export function addNotification(about: About, telling: Telling, now: Date): Notification {
  return {
    id: uuidV7(now),
    ...about,
    ...telling,
    createdAt: now,
    readAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    times: 1,
    latestAt: now,
  };
}

/** State of a notification. QUEUED waits for the end of quiet hours. READ is not ACKNOWLEDGED. */
export function stateOf(
  { acknowledgedAt, readAt, deliverAt }: Pick<Notification, 'acknowledgedAt' | 'readAt' | 'deliverAt'>,
  now: Date,
): NotificationState {
  if (acknowledgedAt) return 'ACKNOWLEDGED';
  if (readAt) return 'READ';
  return deliverAt > now ? 'QUEUED' : 'DELIVERED';
}

/**
 * Whether the viewer may know of it: its recipient, and everybody who was told of the same alert, with any
 * role. `told` is empty for a notification that need not be acknowledged.
 */
export function mayRead(
  viewer: { id: string; graph: string },
  { recipientId }: Pick<Notification, 'recipientId'>,
  told: readonly string[],
): boolean {
  return viewer.graph === 'STAFF' && (recipientId === viewer.id || told.includes(viewer.id));
}

/** Key of facts about notifications: the client, otherwise the recipient. */
export function keyOf({ clientId, recipientId }: Pick<Notification, 'clientId' | 'recipientId'>): string {
  return clientId ?? recipientId;
}

/** Whether a person must acknowledge it: read is not acknowledged. */
export function requiresAck({ escalationId }: Pick<Notification, 'escalationId'>): boolean {
  return escalationId !== null;
}

const MOST_DAYS_LATER = 7;

/** Faults of the time until which a notification is put off. */
export function snoozeFaults(until: Date, now: Date): InputIssue[] {
  const days = (until.getTime() - now.getTime()) / 86_400_000;
  if (days <= 0) return [{ path: 'until', code: 'IN_PAST', message: 'This time is over.' }];
  const message = `At most ${String(MOST_DAYS_LATER)} days.`;
  return days > MOST_DAYS_LATER ? [{ path: 'until', code: 'TOO_LONG', message }] : [];
}

/** Puts a notification off: unread, and silent until then. What must be acknowledged cannot wait. */
export function snooze(notification: Notification, until: Date): Decision<never, Notification> {
  if (requiresAck(notification)) return forbidden('Somebody may be in danger: acknowledge it, then act.');
  return { update: { ...notification, deliverAt: until, readAt: null } };
}

export function addedFact(notification: Notification): Fact {
  return notificationAdded.of(keyOf(notification), notification.createdAt, namesOf(notification));
}

export function acknowledgedFact(notification: Notification, now: Date): Fact {
  return notificationAcknowledged.of(keyOf(notification), now, namesOf(notification));
}

/** The ids of a notification. Its code says something about health, so it stays here. */
export function namesOf({ id, recipientId, clientId }: Notification) {
  return { notificationId: id, recipientId, clientId };
}
