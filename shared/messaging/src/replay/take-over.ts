import type pg from 'pg';
import type { Shadow, Table } from './shadow.ts';

/** Rows in which the serving table and the rebuilt table differ. */
export interface Compared {
  table: string;
  before: number;
  after: number;
  added: number;
  changed: number;
  removed: number;
}

/** Compares each table with its shadow, within the transaction of `owner`. */
export async function compare(owner: pg.Client, { schema, tables }: Shadow): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const table of tables) {
    const { rows } = await owner.query<Record<keyof Omit<Compared, 'table'>, string>>(
      comparison(schema, table),
    );
    const { before, after, added, changed, removed } = rows[0] ?? {};
    compared.push({
      table: table.name,
      before: Number(before),
      after: Number(after),
      added: Number(added),
      changed: Number(changed),
      removed: Number(removed),
    });
  }
  return compared;
}

/**
 * Makes the serving tables equal to their shadows, within the transaction of `owner`. Only rows that differ are
 * changed. Readers see the old rows until the commit. Indexes, grants and foreign keys do not change.
 */
export async function takeOver(owner: pg.Client, { schema, tables }: Shadow): Promise<void> {
  const guarded = tables.filter(({ hasTriggers }) => hasTriggers);
  // Tables that only grow refuse every other change, also from their owner.
  for (const { name } of guarded) await owner.query(`alter table public."${name}" disable trigger user`);
  for (const table of tables.toReversed()) await owner.query(removal(schema, table));
  for (const table of tables) {
    if (valuesOf(table).length > 0) await owner.query(change(schema, table));
    await owner.query(addition(schema, table));
  }
  // Deferred foreign keys are checked now, because a table with open checks cannot be altered.
  await owner.query('set constraints all immediate');
  for (const { name } of guarded) await owner.query(`alter table public."${name}" enable trigger user`);
}

function comparison(schema: string, table: Table): string {
  const [key = ''] = table.primaryKey;
  return `
    select count(l.${key}) as before, count(s.${key}) as after,
      count(*) filter (where l.${key} is null) as added,
      count(*) filter (where s.${key} is null) as removed,
      count(*) filter (where l.${key} is not null and s.${key} is not null and ${differs(table)}) as changed
    from public."${table.name}" l full join ${schema}."${table.name}" s on ${sameKey(table)}`;
}

function removal(schema: string, table: Table): string {
  return `delete from public."${table.name}" l
    where not exists (select from ${schema}."${table.name}" s where ${sameKey(table)})`;
}

function change(schema: string, table: Table): string {
  const set = valuesOf(table).map((column) => `${column} = s.${column}`);
  return `update public."${table.name}" l set ${set.join(', ')}
    from ${schema}."${table.name}" s where ${sameKey(table)} and ${differs(table)}`;
}

function addition(schema: string, table: Table): string {
  const columns = table.columns.join(', ');
  return `insert into public."${table.name}" (${columns}) select ${columns} from ${schema}."${table.name}" s
    where not exists (select from public."${table.name}" l where ${sameKey(table)})`;
}

function sameKey({ primaryKey }: Table): string {
  return primaryKey.map((column) => `l.${column} = s.${column}`).join(' and ');
}

function differs(table: Table): string {
  const values = valuesOf(table);
  if (values.length === 0) return 'false';
  const row = (alias: string): string => `row(${values.map((column) => `${alias}.${column}`).join(', ')})`;
  return `${row('l')} is distinct from ${row('s')}`;
}

function valuesOf({ columns, primaryKey, heard }: Table): string[] {
  return columns.filter((column) => !primaryKey.includes(column) && !heard.includes(column));
}
