import { EntitySchema } from 'typeorm';
import type { MessageTemplate } from './template.ts';

export const MessageTemplateEntity = new EntitySchema<MessageTemplate>({
  name: 'MessageTemplate',
  tableName: 'message_template',
  columns: {
    id: { type: 'uuid', primary: true },
    code: { type: 'text' },
    language: { type: 'text' },
    channel: { type: 'text' },
    subject: { type: 'text', nullable: true },
    body: { type: 'text' },
    edition: { type: 'integer' },
    state: { type: 'text' },
    proposedBy: { type: 'uuid', name: 'proposed_by' },
    proposedAt: { type: 'timestamptz', name: 'proposed_at' },
    approvedBy: { type: 'uuid', name: 'approved_by', nullable: true },
    approvedAt: { type: 'timestamptz', name: 'approved_at', nullable: true },
    version: { type: 'integer' },
  },
});
