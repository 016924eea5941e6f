import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

const text = (name: string): EntitySchemaColumnOptions => ({ type: 'text', name });
const integer = (name: string): EntitySchemaColumnOptions => ({ type: 'integer', name });
const json = (name: string): EntitySchemaColumnOptions => ({ type: 'jsonb', name });
const time = (name: string): EntitySchemaColumnOptions => ({ type: 'timestamptz', name });
const optional = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...column,
  nullable: true,
});
const primary = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...column,
  primary: true,
});
const identity = (name: string): EntitySchemaColumnOptions => ({
  type: 'bigint',
  name,
  // TypeORM knows this strategy, but its types for entity schemas do not.
  generated: 'identity' as 'increment',
});

/** The tables of this package, for a service's DataSource: only its drift test reads them this way. */
export const messagingEntities: EntitySchema[] = [
  new EntitySchema({
    name: 'Outbox',
    tableName: 'outbox',
    columns: {
      seq: { ...identity('seq'), primary: true },
      id: { type: 'uuid', unique: true },
      topic: text('topic'),
      key: text('key'),
      keySequence: integer('key_sequence'),
      type: text('type'),
      schemaVersion: integer('schema_version'),
      payload: json('payload'),
      cause: json('cause'),
      occurredAt: time('occurred_at'),
      sentAt: optional(time('sent_at')),
    },
  }),
  new EntitySchema({
    name: 'OutboxArchive',
    tableName: 'outbox_archive',
    columns: {
      topic: primary(text('topic')),
      key: primary(text('key')),
      keySequence: primary(integer('key_sequence')),
      id: { type: 'uuid' },
      type: text('type'),
      schemaVersion: integer('schema_version'),
      payload: json('payload'),
      cause: json('cause'),
      occurredAt: primary(time('occurred_at')),
    },
  }),
  new EntitySchema({
    name: 'OutboxKey',
    tableName: 'outbox_key',
    columns: {
      topic: primary(text('topic')),
      key: primary(text('key')),
      lastSequence: integer('last_sequence'),
    },
  }),
  new EntitySchema({
    name: 'Inbox',
    tableName: 'inbox',
    columns: {
      consumer: primary(text('consumer')),
      factId: { type: 'uuid', name: 'fact_id', primary: true },
      receivedAt: { ...time('received_at'), default: () => 'now()' },
    },
  }),
  new EntitySchema({
    name: 'InboxKey',
    tableName: 'inbox_key',
    columns: {
      consumer: primary(text('consumer')),
      topic: primary(text('topic')),
      key: primary(text('key')),
      lastSequence: optional(integer('last_sequence')),
      held: { type: 'boolean', default: false },
      retryAt: optional(time('retry_at')),
    },
  }),
  new EntitySchema({
    name: 'ParkedMessage',
    tableName: 'parked_message',
    columns: {
      id: { type: 'uuid', primary: true },
      position: identity('position'),
      consumer: text('consumer'),
      topic: text('topic'),
      key: text('key'),
      sequence: integer('sequence'),
      factId: { type: 'uuid', name: 'fact_id' },
      fact: json('fact'),
      state: text('state'),
      attempts: { ...integer('attempts'), default: 0 },
      errors: { ...json('errors'), default: [] },
      firstFailedAt: { ...time('first_failed_at'), default: () => 'now()' },
    },
  }),
  new EntitySchema({
    name: 'ParkedMessageDecision',
    tableName: 'parked_message_decision',
    columns: {
      id: { ...identity('id'), primary: true },
      parkedMessageId: { type: 'uuid', name: 'parked_message_id' },
      decision: text('decision'),
      reason: text('reason'),
      decidedBy: text('decided_by'),
      decidedAt: { ...time('decided_at'), default: () => 'now()' },
    },
  }),
  new EntitySchema({
    name: 'CommandReceipt',
    tableName: 'command_receipt',
    columns: {
      viewerId: primary(text('viewer_id')),
      idempotencyKey: primary(text('idempotency_key')),
      command: text('command'),
      inputHash: text('input_hash'),
      result: optional(json('result')),
      at: { ...time('at'), default: () => 'now()' },
    },
  }),
  new EntitySchema({
    name: 'SchedulerHeartbeat',
    tableName: 'scheduler_heartbeat',
    columns: { worker: primary(text('worker')), beatAt: time('beat_at') },
  }),
];
