import { randomBytes } from 'node:crypto';
import {
  at,
  ensureDatabase,
  ensureRoles,
  restrictDatabase,
  urlsOf,
  type ServiceUrls,
} from '@throughline/postgres';
import pg from 'pg';
import { eventually } from './eventually.ts';
import { schemaFingerprint } from './schema-fingerprint.ts';

const PASSWORDS = { owner: 'owner', app: 'app', apart: { counseling: 'counseling' } };

export interface TestDatabase extends ServiceUrls {
  /** Waits for open sessions to end; after `patienceMs` (10 s) they are cut off. */
  drop(options?: { patienceMs?: number }): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Brings an empty database up to date and closes its connections. */
  migrate: (ownerUrl: string) => Promise<unknown>;
}

/**
 * A database of one's own with the tables of a service, copied from a template that the first test of a run makes.
 * `appUrl` may do what the migrations grant and nothing else, as in production.
 */
export async function testDatabase(service: string, { migrate }: TestDatabaseOptions): Promise<TestDatabase> {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server)
    throw new Error('TEST_POSTGRES_URL is not set: run the tests through a config made with jestConfig');

  const template = `template_${service}_${await schemaFingerprint(service, migrate)}`;
  await ensureTemplate(server, service, template, migrate);

  const database = `test_${service}_${randomBytes(6).toString('hex')}`;
  await execute(
    server,
    `create database ${quote(database)} template ${quote(template)} owner ${quote(`${service}_owner`)}`,
  );
  await restrictDatabase(server, service, database);
  return {
    ...urlsOf(server, service, database, PASSWORDS),
    drop: ({ patienceMs = 10_000 } = {}) => drop(server, database, patienceMs),
  };
}

/** A pool that was closed says so before its connections are gone; cut off then, they would fail the test file. */
async function drop(server: string, database: string, timeoutMs: number): Promise<void> {
  const sessions = `select 1 from pg_stat_activity where datname = ${pg.escapeLiteral(database)}`;
  const isLeft = async () => (await execute(server, sessions)).rowCount === 0;
  await eventually(isLeft, { timeoutMs }).catch(() => undefined);
  await execute(server, `drop database if exists ${quote(database)} with (force)`);
}

async function ensureTemplate(
  server: string,
  service: string,
  template: string,
  migrate: TestDatabaseOptions['migrate'],
): Promise<void> {
  await underLock(server, template, async (client) => {
    const found = await client.query<{ datistemplate: boolean }>(
      'select datistemplate from pg_database where datname = $1',
      [template],
    );
    if (found.rows[0]?.datistemplate) return;

    // Not marked as a template: the process that made it was cut off.
    await client.query(`drop database if exists ${quote(template)} with (force)`);
    await ensureRoles(server, service, PASSWORDS);
    const { ownerUrl } = await ensureDatabase(server, service, template, PASSWORDS);
    await migrate(ownerUrl);
    // A template can be copied only while nobody is connected to it.
    await client.query(`alter database ${quote(template)} with is_template true allow_connections false`);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      template,
    ]);
  });
}

/** Several jest workers ask at the same moment; one makes the template and the others wait. */
async function underLock(
  server: string,
  name: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: at(server, 'postgres') });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    await work(client);
  } finally {
    await client.end();
  }
}

async function execute(server: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

function quote(name: string): string {
  return pg.escapeIdentifier(name);
}
