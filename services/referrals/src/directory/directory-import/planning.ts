import type { EntityManager } from 'typeorm';
import type { Entity, Reference } from '../hsds/entity-shape.ts';
import { entities } from '../hsds/hsds-entity.ts';

const staged = `directory_import_row r where r.import_id = $1`;

/**
 * Works out the outcome of each staged row, in a few statements for each entity, however many rows there are: repeated
 * rows, rows that lead nowhere, and then created, updated or unchanged against what is stored now.
 */
export async function plan(tx: EntityManager, importId: string, source: string): Promise<void> {
  // The database has no statistics of rows that were staged a moment ago, and would look up each row on its own.
  await tx.query('set local enable_nestloop = off');
  await tx.query(`delete from directory_import_problem where import_id = $1 and stage = 'PLANNING'`, [
    importId,
  ]);
  await tx.query(
    `update directory_import_row r set outcome = null, data = r.data || r.dropped, dropped = '{}'
     where r.import_id = $1 and (r.outcome is not null or r.dropped <> '{}')`,
    [importId],
  );
  await mergeViews(tx, importId);
  await linkWebAddresses(tx, importId);
  await settleRepeats(tx, importId);
  await warnSwapped(tx, importId);
  for (const entity of entities) {
    for (const reference of entity.references.filter(({ loose }) => !loose)) {
      await settleOrphans(tx, importId, entity, reference);
    }
    await settleOutcomes(tx, importId, entity, source);
  }
}

/** JSON shows one row in several places, each time in part: a field that one place leaves out is in another. */
async function mergeViews(tx: EntityManager, importId: string): Promise<void> {
  await tx.query(
    `with repeated as (
       select r.entity, r.id, min(r.seq) as first from ${staged} and r.view
       group by r.entity, r.id having count(*) > 1
     ), parts as (
       select distinct on (r.entity, r.id, part.key) r.entity, r.id, part.key, part.value
       from repeated join directory_import_row r on r.import_id = $1 and r.entity = repeated.entity and r.id = repeated.id
         cross join lateral jsonb_each(r.data) part
       order by r.entity, r.id, part.key, r.seq
     ), whole as (select entity, id, jsonb_object_agg(key, value) as data from parts group by entity, id)
     update directory_import_row r set data = whole.data
     from whole join repeated using (entity, id)
     where r.import_id = $1 and r.seq = repeated.first`,
    [importId],
  );
}

/** In HSDS 3.1 an organization or service may name its web addresses, instead of the address naming its owner. */
async function linkWebAddresses(tx: EntityManager, importId: string): Promise<void> {
  for (const owner of ['agency', 'service']) {
    await tx.query(
      `update directory_import_row r set data = r.data || jsonb_build_object('${owner}_id', o.id)
       from directory_import_row o
       where r.import_id = $1 and o.import_id = $1 and r.entity = 'web_link' and o.entity = '${owner}'
         and not r.data ? '${owner}_id'
         and r.source_id = any(regexp_split_to_array(o.data->>'additional_links', '[,;[:space:]]+'))`,
      [importId],
    );
  }
}

/**
 * Positions that are far from all the others of the package, and near to them with latitude and longitude swapped,
 * lose their position. It is kept aside for the next plan.
 */
async function warnSwapped(tx: EntityManager, importId: string): Promise<void> {
  await tx.query(
    `with position as (
       select r.seq, (r.data->>'latitude')::float8 as y, (r.data->>'longitude')::float8 as x from ${staged}
         and r.entity = 'location' and r.data ? 'latitude' and r.data ? 'longitude'
     ), middle as (
       select percentile_cont(0.5) within group (order by y) as y, percentile_cont(0.5) within group (order by x) as x
       from position having count(*) >= 3
     ), swapped as (
       select p.seq from position p cross join middle m
       where greatest(abs(p.y - m.y), abs(p.x - m.x)) > 10 and greatest(abs(p.x - m.y), abs(p.y - m.x)) < 5
     ), settled as (
       update directory_import_row r set data = r.data - 'latitude' - 'longitude', dropped = r.dropped
         || jsonb_build_object('latitude', r.data->'latitude', 'longitude', r.data->'longitude')
       from swapped s where r.import_id = $1 and r.seq = s.seq returning r.file, r.line
     )
     insert into directory_import_problem (import_id, stage, severity, file, line, field, code, message)
     select $1, 'PLANNING', 'WARNING', file, line, 'latitude', 'BAD_POSITION',
       'Latitude and longitude look swapped: the other places of the package are elsewhere. The position stays empty.'
     from settled`,
    [importId],
  );
}

async function settleRepeats(tx: EntityManager, importId: string): Promise<void> {
  await tx.query(
    `with ordered as (
       select r.seq, first_value(r.seq) over same as first from ${staged}
       window same as (partition by r.entity, r.id order by r.seq)
     ), settled as (
       update directory_import_row r
       set outcome = case when r.view or r.data = f.data then 'SKIPPED' else 'REFUSED' end
       from ordered o join directory_import_row f on f.import_id = $1 and f.seq = o.first
       where r.import_id = $1 and r.seq = o.seq and o.seq <> o.first
       returning r.file, r.line, r.outcome, r.view, f.line as first_line, f.file as first_file
     )
     insert into directory_import_problem (import_id, stage, severity, file, line, field, code, message)
     select $1, 'PLANNING', outcome, file, line, 'id',
       case outcome when 'SKIPPED' then 'DUPLICATE_ROW' else 'DUPLICATE_ID' end,
       case outcome when 'SKIPPED' then 'The same row stands in ' else 'Another row with this id stands in ' end
         || first_file || ', line ' || first_line || '.'
     from settled where not view`,
    [importId],
  );
}

/**
 * A reference to a row that is neither in the package nor stored. The row is refused when it needs the reference, or
 * when it is a detail without another owner; otherwise it is taken without the reference, which is kept for the next plan.
 */
async function settleOrphans(
  tx: EntityManager,
  importId: string,
  entity: Entity,
  { column, from, entity: target, required }: Reference,
): Promise<void> {
  const others = entity.references.filter((other) => other.column !== column);
  const alone = others.map((other) => `not r.data ? '${other.column}'`).join(' and ') || 'true';
  const refused = required ? 'true' : entity.detail ? `(${alone})` : 'false';
  await tx.query(
    `with orphan as (
       update directory_import_row r set
         outcome = case when ${refused} then 'REFUSED' end,
         data = r.data - '${column}',
         dropped = r.dropped || jsonb_build_object('${column}', r.data->'${column}')
       where r.import_id = $1 and r.entity = $2 and r.outcome is null and r.data ? '${column}'
         and not exists (
           select 1 from directory_import_row t
           where t.import_id = $1 and t.entity = $3 and t.id = (r.data->>'${column}')::uuid
             and t.outcome is distinct from 'REFUSED')
         and not exists (select 1 from "${target}" t where t.id = (r.data->>'${column}')::uuid)
       returning r.file, r.line, r.refs->>'${column}' as missing, r.outcome
     )
     insert into directory_import_problem (import_id, stage, severity, file, line, field, code, message)
     select distinct on (file, line, missing) $1::uuid, 'PLANNING', coalesce(outcome, 'WARNING'), file, line,
       '${from}', 'ORPHAN', 'There is no ${target} ' || left(missing, 60) || ' in the package or the directory; '
         || case outcome when 'REFUSED' then 'the row is refused.' else 'the row is taken without it.' end
     from orphan`,
    [importId, entity.name, target],
  );
}

async function settleOutcomes(
  tx: EntityManager,
  importId: string,
  entity: Entity,
  source: string,
): Promise<void> {
  await tx.query(
    `with settled as (
       update directory_import_row r
       set outcome = case when t.id is null then 'CREATED' when t.source <> $3 then 'REFUSED'
         when t.imported_hash = md5(r.data::text) then 'UNCHANGED' else 'UPDATED' end
       from directory_import_row s left join "${entity.name}" t on t.id = s.id
       where s.import_id = $1 and s.entity = $2 and s.outcome is null and r.import_id = $1 and r.seq = s.seq
       returning r.file, r.line, r.outcome
     )
     insert into directory_import_problem (import_id, stage, severity, file, line, field, code, message)
     select $1, 'PLANNING', 'REFUSED', file, line, 'id', 'OTHER_SOURCE',
       'The entry belongs to another source of the directory and is left to it.'
     from settled where outcome = 'REFUSED'`,
    [importId, entity.name, source],
  );
}
