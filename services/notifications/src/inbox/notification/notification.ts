import { uuidV7, type Fact, notificationAdded, notificationAcknowledged } from '@throughline/events';

/** Code of a notification. The catalogue has the recipients of each code. */
export const notificationCodes = [
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
  'PARTNER_WEBHOOK_FAILING',
] as const;
export type NotificationCode = (typeof notificationCodes)[number];

/** GraphQL types of the subject of a notification. */
export type SubjectType = 'Agency' | 'CaseFile' | 'Client' | 'Consent' | 'Referral' | 'Screening';

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
