import { uuidV7, type Fact, notificationAdded, notificationAcknowledged } from '@throughline/events';
import {
  entryOf,
  requiresAck,
  type NotificationCode,
  type SubjectType,
} from '../../catalogue/catalogue/catalogue.ts';

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
  /** Which step of the escalation told this recipient; 0 = told at once. */
  step: number;
  /** Null = need not be acknowledged. */
  escalationId: string | null;
  createdAt: Date;
  /** From when on it may call for attention: the end of quiet hours, or `createdAt`. */
  deliverAt: Date;
  dueAt: Date | null;
  readAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
}

export const notificationStates = ['QUEUED', 'DELIVERED', 'READ', 'ACKNOWLEDGED'] as const;
export type NotificationState = (typeof notificationStates)[number];

/** What a notification is about, before it is known who gets it. */
export type About = Pick<Notification, 'code' | 'subjectId' | 'clientId' | 'factId' | 'dueAt'>;

interface Telling {
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
    subjectType: entryOf(about.code).subject,
    ...telling,
    createdAt: now,
    readAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  };
}

/** How far it got. QUEUED waits for the end of quiet hours. READ is not ACKNOWLEDGED. */
export function stateOf(
  { acknowledgedAt, readAt, deliverAt }: Pick<Notification, 'acknowledgedAt' | 'readAt' | 'deliverAt'>,
  now: Date,
): NotificationState {
  if (acknowledgedAt) return 'ACKNOWLEDGED';
  if (readAt) return 'READ';
  return deliverAt > now ? 'QUEUED' : 'DELIVERED';
}

/**
 * Whether the viewer may know of it: its recipient, and everybody who was told of the same alert, whatever their
 * other roles. `told` is empty for what need not be acknowledged.
 */
export function mayRead(
  viewer: { id: string; graph: string },
  { recipientId }: Pick<Notification, 'recipientId'>,
  told: readonly string[],
): boolean {
  return viewer.graph === 'STAFF' && (recipientId === viewer.id || told.includes(viewer.id));
}

/** The aggregate whose order matters for facts about notifications: the client, else the recipient. */
export function keyOf({ clientId, recipientId }: Pick<Notification, 'clientId' | 'recipientId'>): string {
  return clientId ?? recipientId;
}

export function addedFact(notification: Notification): Fact {
  const { code, createdAt } = notification;
  return notificationAdded.of(keyOf(notification), createdAt, {
    ...namesOf(notification),
    requiresAck: requiresAck(code),
  });
}

export function acknowledgedFact(notification: Notification, now: Date): Fact {
  return notificationAcknowledged.of(keyOf(notification), now, namesOf(notification));
}

function namesOf({ id, recipientId, code, clientId }: Notification) {
  return { notificationId: id, recipientId, code, clientId };
}
