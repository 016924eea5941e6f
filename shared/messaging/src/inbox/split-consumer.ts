import { longWorkTimeouts, pgTimeouts } from '@throughline/runtime';
import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

type Database = Pick<DataSource | EntityManager, 'query'>;

/** Whether a consumer of the release before, one for all concerns, still holds positions or kept facts. */
export async function hasUnsplit(db: Database, service: string): Promise<boolean> {
  const rows: { has: boolean }[] = await db.query(
    `select exists (select from inbox_key where consumer = $1) or exists (select from inbox where consumer = $1) as has`,
    [service],
  );
  return rows[0]?.has === true;
}

export interface Split {
  from: string;
  into: readonly string[];
  /** Those of `into` that have reactions. */
  used: readonly string[];
}

/**
 * Gives each concern what the one consumer had: the facts it handled count as handled, its kept facts are kept by the
 * concerns that are used, its keys stand where they stood. One transaction; a second call finds nothing to do. A session of
 * its own, because the inbox holds the facts of weeks: the limits of the pool would end the work, each time.
 */
export async function splitConsumer(databaseUrl: string, { from, into, used }: Split): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, ...pgTimeouts(longWorkTimeouts) });
  await client.connect();
  try {
    await client.query('select split_consumer($1, $2, $3)', [from, into, used]);
  } finally {
    await client.end();
  }
}
