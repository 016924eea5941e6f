import type { Message } from '../transport.ts';

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

/** The message of a row; the same each time. */
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

/** A row whose JSON is text, as the database writes it. */
export type OutboxTextRow = Omit<OutboxRow, 'payload' | 'cause'> & { payload: string; cause: string };

const texts = new WeakMap<Message, string>();

/** The same message; its data is parsed only when it is read. */
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

/** The data as JSON text: unchanged from the outbox when the message was made from it. */
export function textOf(message: Message): string {
  return texts.get(message) ?? JSON.stringify(message.data);
}
