import type { Message } from '@throughline/messaging';

export const COLUMNS = 'seq, id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at';

export interface OutboxRow {
  seq: string;
  id: string;
  topic: Message['topic'];
  key: string;
  key_sequence: number;
  type: string;
  schema_version: number;
  payload: unknown;
  cause: Message['cause'];
  occurred_at: Date;
}

export function messageOf(row: OutboxRow): Message {
  const { id, topic, key, type, payload: data, cause } = row;
  return {
    ...{ id, topic, key, type, data, cause },
    version: row.schema_version,
    sequence: row.key_sequence,
    occurredAt: row.occurred_at,
    source: 'chaos',
  };
}
