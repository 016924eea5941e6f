import type { Topic } from '@throughline/events';
import type { DataSource, EntityManager } from 'typeorm';
import { messageOfRow, outboxColumns, type OutboxRow } from '../outbox/outbox-row.ts';
import type { Message } from '../transport.ts';

/** Facts of one key, after one number and up to another. */
export interface KeyRange {
  topic: Topic;
  key: string;
  after: number;
  upTo: number;
}

/**
 * One statement for all tables, so that a fact that moves from one table to another is seen once. In the order
 * of the ranges, and of each key.
 */
export function readingFrom(tables: readonly string[], columns: string): string {
  const ofKey = (table: string): string => `
    select ${columns} from ${table} f where (f.topic, f.key) = (wanted.topic, wanted.key)
      and f.key_sequence > wanted.after and f.key_sequence <= wanted.up_to`;
  return `
    select found.* from unnest($1::text[], $2::text[], $3::int[], $4::int[])
      with ordinality as wanted (topic, key, after, up_to, place)
    cross join lateral (${tables.map(ofKey).join(' union all ')}) found
    order by wanted.place, found.key_sequence limit $5`;
}

/** The parameters of `readingFrom`. */
export function rangesAsArrays(ranges: readonly KeyRange[]): unknown[] {
  return [
    ranges.map(({ topic }) => topic),
    ranges.map(({ key }) => key),
    ranges.map(({ after }) => after),
    ranges.map(({ upTo }) => upTo),
  ];
}

const RECORDED = readingFrom(['outbox_archive', 'outbox'], outboxColumns);

/**
 * Facts of these keys that a service has recorded since its archive began, exactly as they were sent: key after
 * key in the given order, each key in its own order. At most `limit` facts; the next page begins after the last
 * of them. No transaction lives longer than a page.
 */
export async function readRecorded(
  db: DataSource | EntityManager,
  ranges: readonly KeyRange[],
  { source, limit }: { source: string; limit: number },
): Promise<Message[]> {
  const rows: OutboxRow[] = await db.query(RECORDED, [...rangesAsArrays(ranges), limit]);
  return rows.map((row) => messageOfRow(row, source));
}
