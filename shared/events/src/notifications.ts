import { z } from 'zod';
import { defineEvent, defineRestrictedEvent } from './define-event.ts';
import { id } from './fields.ts';

const topic = 'notifications.v1';

const about = { notificationId: id, recipientId: id, clientId: id.nullable() };

export const notificationAdded = defineEvent(
  topic,
  'NotificationAdded',
  'Key: clientId, else recipientId. Somebody was told; clientId is null when it is about no client.',
  z.object(about),
);

export const notificationAcknowledged = defineEvent(
  topic,
  'NotificationAcknowledged',
  'Key: clientId, else recipientId. Its recipient acknowledged it.',
  z.object(about),
);

export const notificationEscalated = defineEvent(
  topic,
  'NotificationEscalated',
  'Key: clientId, else recipientId. Nobody acknowledged in time; the next person is told now.',
  z.object(about),
);

export const crisisPageAcknowledged = defineRestrictedEvent(
  { topic: 'notifications.restricted.v1', readers: ['treatment'] },
  'CrisisPageAcknowledged',
  'Key: clientId. Somebody who was paged took the crisis over. Source: infra/reference/domain.md 4.4.',
  z.object({ alertId: id, clientId: id, acknowledgedBy: id }),
);
