import { createHash } from 'node:crypto';
import pg from 'pg';

/** Rows that each table gets. */
export const MANY = 100_000;
/** So many different ids stand in columns that are not unique: five rows for each. */
const DIFFERENT = 20_000;

interface Column {
  name: string;
  type: string;
  nullable: boolean;
  unique: boolean;
  initial: string | null;
  /** Values that a check of the table allows; empty: it does not list any. */
  allowed: string[];
}

/** The id of row `n`, the same in every table, so that rows with equal `n` belong together. An id of version 7, of 2024. */
export function idOfRow(n: number): string {
  const hash = createHash('md5').update(String(n)).digest('hex');
  const part = (from: number, length: number) => hash.slice(from, from + length);
  return `01900000-${part(0, 4)}-7${part(4, 3)}-8${part(7, 3)}-${part(10, 12)}`;
}

const idOf = (n: string): string =>
  `('01900000-' || substr(md5((${n})::text), 1, 4) || '-7' || substr(md5((${n})::text), 5, 3) || '-8' || ` +
  `substr(md5((${n})::text), 8, 3) || '-' || substr(md5((${n})::text), 11, 12))`;

/**
 * Fills every table of a test database with rows that are good for plans and for nothing else: checks, references and
 * triggers are dropped, because they say nothing about the way to a row. The tables of messaging stay empty: their rows
 * would be sent and retried. `url` is of a superuser.
 */
export async function fillTables(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await tablesOf(client);
    const columns = new Map<string, Column[]>();
    for (const table of tables) columns.set(table, await columnsOf(client, table));
    await client.query(await withoutGuards(client));
    await client.query(`set session_replication_role = 'replica'`);
    for (const table of tables) await client.query(filling(table, columns.get(table) ?? []));
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname !~ '^(migrations|outbox|inbox|parked_message|scheduler_heartbeat)' order by relname`);
  return rows.map(({ name }) => name);
}

async function columnsOf(client: pg.Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
       pg_get_expr(d.adbin, d.adrelid) as initial,
       exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique and a.attnum = any (i.indkey)) as unique,
       coalesce((select array_agg(m[1]) from pg_constraint c,
          regexp_matches(pg_get_constraintdef(c.oid), '''([A-Z][A-Z0-9_]+)''::text', 'g') m
          where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum]), '{}') as allowed
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = '' and a.attidentity = ''`,
    [table],
  );
  return rows;
}

async function withoutGuards(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ sql: string }>(`
    select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname) as sql
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f') and conparentid = 0
      and not exists (select from pg_class where oid = conrelid and relispartition)`);
  return rows.map(({ sql }) => sql).join(';');
}

function filling(table: string, columns: readonly Column[]): string {
  const names = columns.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
  const values = columns.map(valueOf).join(', ');
  return `insert into ${pg.escapeIdentifier(table)} (${names})
    select ${values} from generate_series(1, ${MANY}) n on conflict do nothing`;
}

/** One row in ten has no value where it need not have one; row 7 has no time there, so that it is open. */
function valueOf(column: Column): string {
  const isTime = /^(timestamp|date)/.test(column.type);
  const value = plain(column);
  return column.nullable ? `case when n % 10 = ${isTime ? 7 : 3} then null else ${value} end` : value;
}

function plain({ name, type, unique, initial, allowed }: Column): string {
  const row = unique ? 'n' : `n % ${DIFFERENT}`;
  if (type === 'uuid') return `${idOf(row)}::uuid`;
  if (type === 'text' && allowed.length > 0)
    return `(${pg.escapeLiteral(`{${allowed.join(',')}}`)}::text[])[1 + n % ${allowed.length}]`;
  if (type === 'text') return /(_id|_by|^key|_key)$/.test(name) ? idOf(row) : `'word ' || ${row}`;
  if (type === 'uuid[]') return `array[${idOf(row)}::uuid]`;
  if (type === 'text[]') return `array['WORD_' || n % 1000]`;
  if (type.startsWith('timestamp')) return `now() - n * interval '1 second'`;
  if (type === 'date') return 'current_date - n % 3650';
  if (type === 'boolean') return /active|primary/.test(name) ? 'true' : 'n % 2 = 0';
  if (/^(smallint|integer|bigint|numeric|double precision|real)$/.test(type))
    return unique ? `(n % 30000)::${type}` : `(n % 1000)::${type}`;
  if (type.endsWith('[]')) return `'{}'::${type}`;
  const others: Record<string, string> = {
    jsonb: '{}',
    bytea: '',
    interval: '1 day',
    'time without time zone': '08:00',
  };
  return initial ?? `${pg.escapeLiteral(others[type] ?? 'word')}::${type}`;
}
