import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { code, id } from './fields.ts';

const topic = 'notifications.v1';

const about = { notificationId: id, recipientId: id, code, clientId: id.nullable() };

/** Key: clientId when the notification is about a client, else recipientId. */
export const notificationAdded = defineEvent(
  topic,
  'NotificationAdded',
  z.object({ ...about, requiresAck: z.boolean() }),
);

/** Key: as NotificationAdded. */
export const notificationAcknowledged = defineEvent(topic, 'NotificationAcknowledged', z.object(about));

/** Key: as NotificationAdded. Nobody acknowledged in time; `escalatedToId` is told now. */
export const notificationEscalated = defineEvent(
  topic,
  'NotificationEscalated',
  z.object({ ...about, escalatedToId: id, step: z.int() }),
);
