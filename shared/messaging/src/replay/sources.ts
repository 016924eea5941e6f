import { contextOf, type Topic } from '@throughline/events';
import { longWorkTimeouts, pgTimeouts } from '@throughline/runtime';
import { DataSource } from 'typeorm';
import { messageOfRow, outboxColumns, type OutboxRow } from '../outbox/outbox-row.ts';
import type { Message, Transport } from '../transport.ts';
import { rangesAsArrays, readingFrom, readRecorded, type KeyRange } from './fact-archive.ts';

/** Source of old facts. */
export interface FactSource {
  /** Facts of these keys, in order, at most `limit`; with everything that the service has handled by now. */
  read(ranges: readonly KeyRange[], limit: number): Promise<Message[]>;
  close(): Promise<void>;
}

/**
 * Opens a source for these topics; `staging` is an empty table of the rebuild for facts that must first be put
 * in order.
 */
export type OpenSource = (opening: {
  db: DataSource;
  staging: string;
  name: string;
  topics: readonly Topic[];
  onRead: (facts: number) => void;
}) => Promise<FactSource>;

/** The archives and outboxes of the services that recorded the facts; addresses by the name of the service. */
export function fromArchives(urls: Readonly<Record<string, string>>): OpenSource {
  return async ({ topics }) => {
    const databases = new Map<Topic, DataSource>();
    const close = async (): Promise<void> => {
      await Promise.all([...databases.values()].map((db) => db.destroy()));
    };
    try {
      for (const topic of topics) databases.set(topic, await openArchive(urls, contextOf(topic)));
    } catch (error) {
      await close();
      throw error;
    }
    return { close, read: (ranges, limit) => readAll(databases, ranges, limit) };
  };
}

async function openArchive(urls: Readonly<Record<string, string>>, service: string): Promise<DataSource> {
  const url = urls[service];
  if (!url) throw new Error(`the database of ${service} is needed: its facts are part of the projection`);
  return new DataSource({
    type: 'postgres',
    url,
    poolSize: 1,
    extra: pgTimeouts(longWorkTimeouts),
  }).initialize();
}

async function readAll(
  databases: ReadonlyMap<Topic, DataSource>,
  ranges: readonly KeyRange[],
  limit: number,
): Promise<Message[]> {
  const facts: Message[] = [];
  for (const [topic, ofTopic] of Map.groupBy(ranges, (range) => range.topic)) {
    const db = databases.get(topic);
    if (!db) throw new Error(`${topic} was not asked for`);
    const page = { source: contextOf(topic), limit: limit - facts.length };
    facts.push(...(await readRecorded(db, ofTopic, page)));
    if (facts.length === limit) break;
  }
  return facts;
}

/**
 * Facts that the topics still have. They are read from the beginning into the staging table, which gives the
 * order of a key and removes duplicates; then reading continues until the source is closed.
 */
export function fromTopics(transport: Transport): OpenSource {
  return async ({ db, staging, name, topics, onRead }) => {
    if (!transport.replay) throw new Error('nothing is kept in topics here: rebuild from the archive');
    const replay = await transport.replay({
      name,
      topics,
      take: async (messages) => {
        await db.query(STAGE.replace('$staging', staging), [JSON.stringify(messages.filter(isNumbered))]);
        onRead(messages.length);
      },
    });
    const query = readingFrom([staging], `${outboxColumns}, source`);
    return {
      read: async (ranges, limit) => {
        await replay.reachEnd();
        const rows: (OutboxRow & { source: string })[] = await db.query(query, [
          ...rangesAsArrays(ranges),
          limit,
        ]);
        return rows.map((row) => messageOfRow(row, row.source));
      },
      close: () => replay.close(),
    };
  };
}

/** A fact without an outbox, see `announce`; it has no place in the order of its key. */
function isNumbered({ sequence }: Message): boolean {
  return sequence > 0;
}

const STAGE = `
  insert into $staging (id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at, source)
  select (f->>'id')::uuid, f->>'topic', f->>'key', (f->>'sequence')::int, f->>'type', (f->>'version')::int,
         f->'data', f->'cause', (f->>'occurredAt')::timestamptz, f->>'source'
  from jsonb_array_elements($1) f on conflict do nothing`;
