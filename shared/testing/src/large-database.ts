import pg from 'pg';
import { fillTables, type Words } from './many-rows.ts';
import { scannedTables, type Statement } from './sequential-scans.ts';

/** A test database with many rows in every table, and what the planner says there. */
export interface LargeDatabase {
  /** The tables with many rows that a statement reads from the first row to the last. */
  scannedTables(statement: Statement): Promise<string[]>;
  close(): Promise<void>;
}

/** Fills a test database, as the role that may drop checks and switch triggers off. `words`: see `fillTables`. */
export async function largeDatabase(
  { ownerUrl }: { ownerUrl: string },
  words: Words = {},
): Promise<LargeDatabase> {
  const url = new URL(process.env.TEST_POSTGRES_URL ?? '');
  url.pathname = new URL(ownerUrl).pathname;
  await fillTables(url.href, words);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return { scannedTables: (statement) => scannedTables(client, statement), close: () => client.end() };
}
