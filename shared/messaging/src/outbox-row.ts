import type { Message } from './transport.ts';

/** A fact as outbox and outbox_archive hold it. */
export interface OutboxRow {
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

export const outboxColumns =
  'id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at';

/** What is sent for it; the same whenever it is made. */
export function messageOfRow(row: OutboxRow, source: string): Message {
  return {
    id: row.id,
    topic: row.topic,
    type: row.type,
    version: row.schema_version,
    key: row.key,
    sequence: row.key_sequence,
    occurredAt: row.occurred_at,
    data: row.payload,
    cause: row.cause,
    source,
  };
}

/** A row whose JSON was left as the database writes it. */
export type OutboxTextRow = Omit<OutboxRow, 'payload' | 'cause'> & { payload: string; cause: string };

const texts = new WeakMap<Message, string>();

/** The same message; its data is parsed only for those who read it. */
export function messageOfTextRow({ payload, cause, ...row }: OutboxTextRow, source: string): Message {
  const message = {
    ...messageOfRow({ ...row, payload: undefined, cause: JSON.parse(cause) as Message['cause'] }, source),
    get data(): unknown {
      return JSON.parse(payload) as unknown;
    },
  };
  texts.set(message, payload);
  return message;
}

/** The data as JSON: as the outbox holds it, where the message was made of that. */
export function textOf(message: Message): string {
  return texts.get(message) ?? JSON.stringify(message.data);
}
