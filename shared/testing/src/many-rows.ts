import { createHash } from 'node:crypto';
import pg from 'pg';

/** Rows that each table gets. */
export const MANY = 100_000;
/** The row that everything is asked about: it is open, and its viewer works with its client. */
export const ASKED = 7;
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

/** Row numbers with their ids, computed once: `id` is of the row itself, `shared` stands in five rows. */
const numbered = (): string => `
  create temporary table numbered as
  select n, ${idOfHash('md5(n::text)')} as id, ${idOfHash(`md5((n % ${DIFFERENT})::text)`)} as shared
  from generate_series(1, ${MANY}) n`;

function idOfHash(hash: string): string {
  const part = (from: number, length: number) => `substr(${hash}, ${from}, ${length})`;
  const parts = [part(1, 4), `'-7'`, part(5, 3), `'-8'`, part(8, 3), `'-'`, part(11, 12)];
  return `('01900000-' || ${parts.join(' || ')})::uuid`;
}

/**
 * Fills every table of a test database with rows that are good for plans and for nothing else: checks, references and
 * triggers are dropped, because they say nothing about the way to a row. The tables of messaging stay empty: their rows
 * would be sent and retried. `url` is of a superuser, `words` stand in lists of texts of that name.
 */
export async function fillTables(url: string, words: Words = {}): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await tablesOf(client);
    const columns = new Map<string, Column[]>();
    for (const table of tables) columns.set(table, withWords(await columnsOf(client, table), words));
    await client.query(await withoutGuards(client));
    await client.query(`set session_replication_role = 'replica'`);
    await client.query(await withoutLog(client));
    await client.query(numbered());
    const indexes = await plainIndexes(client);
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    for (const table of tables) await client.query(filling(table, columns.get(table) ?? []));
    await client.query(`set maintenance_work_mem = '256MB'`);
    for (const { definition } of indexes) await client.query(definition);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** What stands in columns of a name that hold lists of texts. */
export type Words = Readonly<Record<string, readonly string[]>>;

function withWords(columns: readonly Column[], words: Words): Column[] {
  return columns.map((column) => {
    if (column.type !== 'text[]') return column;
    return { ...column, allowed: [...(words[column.name] ?? [])] };
  });
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

/** Nobody needs these rows after a crash, and half of the time of filling is writing the log. */
async function withoutLog(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ sql: string }>(`
    select format('alter table %s set unlogged', oid::regclass) as sql from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'`);
  return rows.map(({ sql }) => sql).join(';');
}

/** Indexes that guard nothing: made after the rows they cost a part of the time. Tables with partitions keep theirs. */
async function plainIndexes(client: pg.Client): Promise<{ name: string; definition: string }[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and not t.relispartition
      and not i.indisunique and not exists (select from pg_constraint where conindid = i.indexrelid)`);
  return rows;
}

function filling(table: string, columns: readonly Column[]): string {
  const names = columns.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
  const values = columns.map(valueOf).join(', ');
  return `insert into ${pg.escapeIdentifier(table)} (${names})
    select ${values} from numbered on conflict do nothing`;
}

/** One of the values that a check lists. The first of them is the usual state; the row that everything is asked about has it. */
function listed(allowed: readonly string[]): string {
  const shift = allowed.length * ASKED - ASKED;
  return `(${pg.escapeLiteral(`{${allowed.join(',')}}`)}::text[])[1 + (n + ${shift}) % ${allowed.length}]`;
}

/** A list of texts: one row in a thousand has all the given words, the row that everything is asked about among them. */
function someWith(words: readonly string[]): string {
  const others = `array['WORD_' || n % 1000]`;
  if (words.length === 0) return others;
  return `case when n % 1000 = ${ASKED} then ${pg.escapeLiteral(`{${words.join(',')}}`)}::text[] else ${others} end`;
}

/** One row in ten has no value where it need not have one; row 7 has no time there, so that it is open. */
function valueOf(column: Column): string {
  const isTime = /^(timestamp|date)/.test(column.type);
  const value = plain(column);
  return column.nullable ? `case when n % 10 = ${isTime ? 7 : 3} then null else ${value} end` : value;
}

function plain({ name, type, unique, initial, allowed }: Column): string {
  const row = unique ? 'n' : `n % ${DIFFERENT}`;
  const id = unique ? 'id' : 'shared';
  if (type === 'uuid') return `numbered.${id}`;
  if (type === 'text' && allowed.length > 0) return listed(allowed);
  if (type === 'text' && name === 'time_zone') return `'UTC'`;
  if (type === 'text')
    return /(_id|_by|^key|_key)$/.test(name) ? `numbered.${id}::text` : `'word ' || ${row}`;
  if (type === 'uuid[]') return `array[numbered.${id}]`;
  if (type === 'text[]') return someWith(allowed);
  if (type.startsWith('timestamp')) return `now() - n * interval '1 second'`;
  if (type === 'date') return 'current_date - n % 3650';
  if (type === 'boolean') return /active|primary/.test(name) ? 'true' : 'n % 2 = 0';
  // Some columns have one digit before the point.
  if (type === 'numeric') return '(n % 10)::numeric';
  if (/^(smallint|integer|bigint|double precision|real)$/.test(type))
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
