import { pgTimeouts, type DatabaseTimeouts } from '@throughline/runtime';
import pg from 'pg';
import { outboxColumns, type OutboxTextRow } from './outbox-row.ts';

export const BATCH = 500;
const QUERY_TIMEOUT_MS = 15_000;

/**
 * Keepalives: a host that disappears must not hold the lock for hours. No waiting for the disk: after a crash
 * that forgets that a fact was sent, it is sent again. No sorting: the statistics have hardly any unsent facts,
 * so with many of them the planner would read and sort all for each batch instead of the first ones of the
 * index.
 */
const SETTINGS = `
  set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3;
  set synchronous_commit = off; set enable_sort = off`;

/** The oldest unsent facts, without those that are being sent. */
export const UNSENT = `
  select seq, ${outboxColumns} from outbox
  where sent_at is null and seq <> all($1::bigint[]) order by seq limit ${String(BATCH)}`;

const JSONB: number = pg.types.builtins.JSONB;

/** JSON stays text and is sent as it was stored. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): unknown =>
    (oid as number) === JSONB ? String : pg.types.getTypeParser(oid, format),
};

export type UnsentRow = OutboxTextRow & { seq: string };

export interface RelaySessionOptions {
  service: string;
  databaseUrl: string;
  timeouts: DatabaseTimeouts;
}

/** A session of its own, not one of a pool: it holds the lock of the relay that leads. */
export async function openRelaySession(
  { service, databaseUrl, timeouts }: RelaySessionOptions,
  onError: (client: pg.Client) => void,
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: `${service} relay`,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    ...pgTimeouts(timeouts),
    query_timeout: QUERY_TIMEOUT_MS,
  });
  client.on('error', () => {
    onError(client);
  });
  await client.connect();
  await client.query(SETTINGS);
  return client;
}

/** Never in a transaction: an open transaction would block vacuum while the broker works. */
export async function readUnsent(client: pg.Client, but: readonly UnsentRow[] = []): Promise<UnsentRow[]> {
  const values = [but.map(({ seq }) => seq)];
  const { rows } = await client.query<UnsentRow>({ text: UNSENT, values, types });
  return rows;
}

export async function markSent(client: pg.Client, sent: readonly UnsentRow[]): Promise<void> {
  if (sent.length === 0) return;
  const seqs = sent.map(({ seq }) => seq);
  await client.query(`update outbox set sent_at = now() where seq = any($1::bigint[])`, [seqs]);
}
