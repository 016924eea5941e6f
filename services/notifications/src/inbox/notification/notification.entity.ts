import { EntitySchema } from 'typeorm';
import type { Notification } from './notification.ts';

export const NotificationEntity = new EntitySchema<Notification>({
  name: 'Notification',
  tableName: 'notification',
  columns: {
    id: { type: 'uuid', primary: true },
    code: { type: 'text' },
    recipientId: { type: 'uuid', name: 'recipient_id' },
    subjectType: { type: 'text', name: 'subject_type' },
    subjectId: { type: 'uuid', name: 'subject_id' },
    clientId: { type: 'uuid', name: 'client_id', nullable: true },
    factId: { type: 'uuid', name: 'fact_id' },
    step: { type: 'integer' },
    escalationId: { type: 'uuid', name: 'escalation_id', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    deliverAt: { type: 'timestamptz', name: 'deliver_at' },
    dueAt: { type: 'timestamptz', name: 'due_at', nullable: true },
    readAt: { type: 'timestamptz', name: 'read_at', nullable: true },
    acknowledgedAt: { type: 'timestamptz', name: 'acknowledged_at', nullable: true },
    acknowledgedBy: { type: 'uuid', name: 'acknowledged_by', nullable: true },
    times: { type: 'integer', default: 1 },
    latestAt: { type: 'timestamptz', name: 'latest_at', nullable: true },
  },
});
