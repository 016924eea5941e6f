import type pg from 'pg';
import type { Projection } from './projection.ts';

/** A table of the copy and of the original. */
export interface Table {
  name: string;
  columns: string[];
  primaryKey: string[];
  /** Columns that do not follow from the facts. */
  heard: readonly string[];
  hasTriggers: boolean;
}

/**
 * The place where a projection is built while the one of the same name in `public` serves. It is removed with
 * its schema.
 */
export interface Shadow {
  schema: string;
  tables: Table[];
}

export function shadowSchemaOf({ name }: Projection): string {
  return `rebuild_${name.replaceAll('-', '_')}`;
}

/** Empty tables like those of the projection, and the positions up to which they are filled. As the owner. */
export async function createShadow(owner: pg.Client, projection: Projection): Promise<Shadow> {
  const schema = shadowSchemaOf(projection);
  const tables: Table[] = [];
  const { heardColumns: heard = [] } = projection;
  for (const name of projection.tables) tables.push({ ...(await describe(owner, name)), heard });
  // Removes what an interrupted run left.
  await dropShadow(owner, projection);
  await owner.query(`
    create schema ${schema};
    create table ${schema}.rebuild_position (
      topic text not null, key text not null, last_sequence integer not null, primary key (topic, key));
    create unlogged table ${schema}.rebuild_fact (like public.outbox_archive including indexes, source text not null);
    ${tables.map(({ name }) => `create table ${schema}."${name}" (like public."${name}" including all);`).join('\n')}`);
  return { schema, tables };
}

export async function dropShadow(owner: pg.Client, projection: Projection): Promise<void> {
  await owner.query(
    `set client_min_messages = warning; drop schema if exists ${shadowSchemaOf(projection)} cascade`,
  );
}

async function describe(owner: pg.Client, name: string): Promise<Omit<Table, 'heard'>> {
  const { rows } = await owner.query<{ columns: string[]; primary_key: string[] | null; triggers: boolean }>(
    `select
       (select array_agg(quote_ident(attname) order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
       (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as primary_key,
       exists (select from pg_trigger where tgrelid = c.oid and not tgisinternal) as triggers
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = $1 and c.relkind in ('r', 'p')`,
    [name],
  );
  const [found] = rows;
  if (!found?.primary_key) throw new Error(`${name} is no table with a primary key: it cannot be rebuilt`);
  return { name, columns: found.columns, primaryKey: found.primary_key, hasTriggers: found.triggers };
}
