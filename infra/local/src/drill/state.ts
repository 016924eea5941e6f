import { setTimeout as wait } from 'node:timers/promises';
import { askOnce } from '@throughline/postgres';
import type { Infrastructure, ServiceName } from '../infrastructure.ts';
import { services } from '../infrastructure.ts';

/** The state of the four databases, as their owners see it. */
export type Databases = Infrastructure['databases'];

const QUIET_MS = 2000;

/** Until every fact is sent and nobody has handled another for two seconds. */
export async function settled(databases: Databases): Promise<void> {
  for (let before = '', same = false; !same;) {
    await wait(QUIET_MS);
    const counts = await Promise.all(services.map((name) => movement(databases[name].ownerUrl)));
    const now = JSON.stringify(counts);
    same = now === before && counts.every(({ waiting }) => waiting === '0');
    before = now;
  }
}

async function movement(url: string): Promise<{ waiting: string }> {
  const [row] = await askOnce<{ waiting: string }>(
    url,
    `select (select count(*) from outbox where sent_at is null) as waiting, (select count(*) from outbox) as told,
       (select count(*) from inbox) as heard, (select count(*) from parked_message where state <> 'PARKED') as tried`,
  );
  if (!row) throw new Error('A database gave no counts');
  return row;
}

/** Ids of the facts that a service has recorded after a moment. */
export async function recordedAfter(url: string, moment: Date): Promise<string[]> {
  const rows = await askOnce<{ id: string }>(
    url,
    `select id from outbox where occurred_at > $1 union all
     select id from outbox_archive where occurred_at > $1 order by id`,
    [moment],
  );
  return rows.map(({ id }) => id);
}

export async function parkedFacts(databases: Databases): Promise<number> {
  const counts = await Promise.all(
    services.map((name) =>
      askOnce(databases[name].ownerUrl, "select id from parked_message where state <> 'RETRIED'"),
    ),
  );
  return counts.reduce((sum, rows) => sum + rows.length, 0);
}

/** Tables that move without anybody's doing. */
const OWN_LIFE = [
  'scheduler_heartbeat',
  'inbox',
  'inbox_key',
  'outbox',
  'outbox_key',
  'outbox_archive',
  'parked_message',
];

/** A digest of the rows of each table of a service, by the name of the table. */
export async function digests(databases: Databases, name: ServiceName): Promise<Map<string, string>> {
  const url = databases[name].ownerUrl;
  const tables = await askOnce<{ name: string }>(
    url,
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> all ($1) order by 1`,
    [OWN_LIFE],
  );
  const found = new Map<string, string>();
  for (const table of tables) {
    const [row] = await askOnce<{ digest: string }>(
      url,
      `select count(*) || '/' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest from "${table.name}" t`,
    );
    found.set(table.name, row?.digest ?? '');
  }
  return found;
}
