import type { Topic } from '@throughline/events';
import type { DataSource, EntityManager } from 'typeorm';
import { messageOfRow, outboxColumns, type OutboxRow } from '../outbox-row.ts';
import type { Message } from '../transport.ts';

/** Facts of one key: those after one number, up to another. */
export interface KeyRange {
  topic: Topic;
  key: string;
  after: number;
  upTo: number;
}

/** A fact moves from one table to the other in one statement, and this is one: it is seen once, never twice or not. */
const READ = `
  select found.* from unnest($1::text[], $2::text[], $3::int[], $4::int[]) as wanted (topic, key, after, up_to)
  cross join lateral (
    select ${outboxColumns} from outbox_archive a where (a.topic, a.key) = (wanted.topic, wanted.key)
      and a.key_sequence > wanted.after and a.key_sequence <= wanted.up_to
    union all
    select ${outboxColumns} from outbox o where (o.topic, o.key) = (wanted.topic, wanted.key)
      and o.key_sequence > wanted.after and o.key_sequence <= wanted.up_to
  ) found
  order by found.topic, found.key, found.key_sequence limit $5`;

/**
 * What a service has recorded of these keys since its first day, word for word as it was sent, in the order of each
 * key; at most `limit` facts, and the next page begins after the last of them. No transaction outlives a page.
 */
export async function readRecorded(
  db: DataSource | EntityManager,
  ranges: readonly KeyRange[],
  { source, limit }: { source: string; limit: number },
): Promise<Message[]> {
  const rows: OutboxRow[] = await db.query(READ, [
    ranges.map(({ topic }) => topic),
    ranges.map(({ key }) => key),
    ranges.map(({ after }) => after),
    ranges.map(({ upTo }) => upTo),
    limit,
  ]);
  return rows.map((row) => messageOfRow(row, source));
}
