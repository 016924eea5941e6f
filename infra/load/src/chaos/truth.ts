import { randomBytes } from 'node:crypto';
import { at, ensureDatabase, ensureRoles } from '@throughline/postgres';
import { messagingMigrations, migrateJobs } from '@throughline/messaging';
import pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { CommittedFact, Effect } from './judge.ts';

const passwords = { owner: 'owner', app: 'app' };

/** Those who hear of every fact; the first one's database is also that of the writers. */
export const consumers = ['sender', 'hearer'] as const;
export type Consumer = (typeof consumers)[number];

const TABLES = `
  create table aggregate (key uuid primary key, version int not null);
  create table truth (fact_id uuid primary key, key uuid not null, n int not null, unique (key, n));
  create table effect (
    position bigint generated always as identity primary key,
    fact_id uuid not null,
    at timestamptz not null default clock_timestamp()
  );
  create index on effect (fact_id);`;

export interface Store {
  /** Of a superuser, past any proxy. */
  directUrl: string;
  appUrl: string;
}

/** A new database with the tables of messaging, of truth and of effects. */
export async function createStore(serverUrl: string, consumer: Consumer): Promise<Store> {
  await ensureRoles(serverUrl, consumer, passwords);
  const database = `chaos_${consumer}_${randomBytes(4).toString('hex')}`;
  const { ownerUrl, appUrl } = await ensureDatabase(serverUrl, consumer, database, passwords);
  const owner = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: messagingMigrations,
  });
  await owner.initialize();
  await owner.runMigrations();
  await owner.query(TABLES);
  await owner.query(`grant select, insert, update on aggregate, truth, effect to ${consumer}_app`);
  await owner.destroy();
  await migrateJobs(ownerUrl);
  return { directUrl: at(serverUrl, database), appUrl };
}

/**
 * The last statement of a writer's transaction: the row of the aggregate is locked from here to the commit, so `n`
 * counts the facts of a key in the order of their commits, whatever happened before.
 */
export async function noteTruth(tx: EntityManager, key: string, factId: string): Promise<void> {
  await tx.query(
    `with next as (
       insert into aggregate as a (key, version) values ($1, 1)
       on conflict (key) do update set version = a.version + 1 returning version
     ) insert into truth (fact_id, key, n) select $2, $1, version from next`,
    [key, factId],
  );
}

export async function noteEffect(tx: EntityManager, factId: string): Promise<void> {
  await tx.query('insert into effect (fact_id) values ($1)', [factId]);
}

/** Everything that was committed, in the order of happening. */
export async function readFacts({ directUrl }: Store): Promise<(CommittedFact & { sentAt: number })[]> {
  return ask(
    directUrl,
    `select fact_id as id, truth.key, n, coalesce(extract(epoch from sent_at) * 1000, 0)::float as "sentAt"
     from truth left join outbox on outbox.id = fact_id`,
  );
}

export async function readEffects(
  { directUrl }: Store,
  consumer: Consumer,
): Promise<(Effect & { at: number })[]> {
  const rows = await ask<{ factId: string; at: number }>(
    directUrl,
    `select fact_id as "factId", (extract(epoch from at) * 1000)::float as at from effect order by position`,
  );
  return rows.map((row) => ({ ...row, consumer }));
}

export async function countTruth(store: Store): Promise<number> {
  const [row] = await ask<{ n: number }>(store.directUrl, 'select count(*)::int as n from truth');
  return row?.n ?? 0;
}

export async function countEffects(store: Store): Promise<number> {
  const [row] = await ask<{ n: number }>(
    store.directUrl,
    'select count(distinct fact_id)::int as n from effect',
  );
  return row?.n ?? 0;
}

/** The server ends the session of the leading relay. */
export async function deposeLeader({ directUrl }: Store): Promise<void> {
  await ask(
    directUrl,
    `select pg_terminate_backend(pid) from pg_locks join pg_database d on d.oid = database
     where locktype = 'advisory' and granted and d.datname = current_database()`,
  );
}

export async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
