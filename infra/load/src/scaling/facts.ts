import pg from 'pg';
import { quantile } from '../bench.ts';
import type { ScaledSystem } from './scaled-system.ts';

/** Outcome of the facts of a run, counted in the databases of who told them and who heard them. */
export interface FactCount {
  told: number;
  lost: number;
  twice: number;
  /** From the change to the entry on the timeline. */
  delayP50Ms: number;
  longestDelayMs: number;
}

const toldSql = `select coalesce(payload->>'clientId', key) as key, extract(epoch from occurred_at)::float8 * 1000 as ms
  from outbox where type = $1`;
const heardSql = `select client_id as key, count(*)::int as entries, min((select extract(epoch from min(received_at))
    from inbox where fact_id = timeline_entry.id))::float8 * 1000 as ms
  from timeline_entry where kind = $1 group by client_id`;

/** Each fact of this type has exactly one entry on the timeline of its client. */
export async function countFacts(
  { databases }: Pick<ScaledSystem, 'databases'>,
  { teller, type }: { teller: 'clients' | 'referrals'; type: string },
): Promise<FactCount> {
  const told = await read<{ key: string; ms: number }>(databases[teller].ownerUrl, toldSql, type);
  const heard = await read<Heard>(databases.treatment.ownerUrl, heardSql, type);
  const byClient = new Map(heard.map((entry) => [entry.key, entry]));
  const delays = told.flatMap(({ key, ms }) => {
    const at = byClient.get(key)?.ms ?? null;
    return at === null ? [] : [at - ms];
  });
  return {
    told: told.length,
    lost: told.filter(({ key }) => !byClient.has(key)).length,
    twice: heard.filter(({ entries }) => entries > 1).length,
    delayP50Ms: quantile(delays),
    longestDelayMs: Math.max(0, ...delays),
  };
}

interface Heard {
  key: string;
  entries: number;
  ms: number | null;
}

/** Clients whose command was confirmed and who are not in the database. */
export async function missingClients(url: string, ids: ReadonlySet<string>): Promise<number> {
  const found = await read<{ id: string }>(url, 'select id from client where id = any($1)', [...ids]);
  return ids.size - found.length;
}

/** Looks again and again how many sessions hold the lock of the relay of one database. */
export class RelayWatch {
  most = 0;
  readonly leaders = new Set<number>();
  readonly #client: pg.Client;
  readonly #timer: NodeJS.Timeout;

  private constructor(client: pg.Client) {
    this.#client = client;
    client.on('error', (error) => process.stderr.write(`The watch of a relay ended: ${error.message}\n`));
    this.#timer = setInterval(() => void this.#look(), 500);
  }

  static async of(url: string): Promise<RelayWatch> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new RelayWatch(client);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#client.end();
  }

  async #look(): Promise<void> {
    const { rows } = await this.#client.query<{ pid: number }>(`
      select pid from pg_locks join pg_database d on d.oid = database
      where locktype = 'advisory' and granted and d.datname = current_database()
        and objid::bigint = hashtext('throughline.outbox.relay')::bigint & 4294967295`);
    this.most = Math.max(this.most, rows.length);
    for (const { pid } of rows) this.leaders.add(pid);
  }
}

async function read<Row extends object>(url: string, sql: string, value: unknown): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [value])).rows;
  } finally {
    await client.end();
  }
}
