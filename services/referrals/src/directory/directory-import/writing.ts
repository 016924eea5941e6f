import type { EntityManager } from 'typeorm';
import { needsOfTerm } from '../hsds/need-category-patterns.ts';
import type { Entity } from '../hsds/entity-shape.ts';
import { entities, entityByName } from '../hsds/hsds-entity.ts';

/** A row of the directory: `data` are columns of the entity's table, `initial` those only used when it is new. */
export interface DirectoryRow {
  id: string;
  sourceId?: string | null;
  data: Record<string, unknown>;
  initial?: Record<string, unknown>;
}

/** Writes staged rows that are new or changed, all entities in order. Answers the ids of new agencies. */
export async function writeStaged(tx: EntityManager, importId: string, source: string): Promise<string[]> {
  const agencies: string[] = [];
  for (const entity of entities) {
    const written: Written[] = await tx.query(
      upsert(
        entity,
        `select r.id, r.source_id, r.data, r.initial from directory_import_row r
         where r.import_id = $2 and r.entity = '${entity.name}' and r.outcome in ('CREATED', 'UPDATED')`,
      ),
      [source, importId],
    );
    agencies.push(...newIn(written));
  }
  return agencies;
}

/** An agency that was written; of other entities nothing is answered. */
interface Written {
  id: string;
  isNew: boolean;
}

function newIn(written: readonly Written[]): string[] {
  return written.filter(({ isNew }) => isNew).map(({ id }) => id);
}

/**
 * Writes rows of the directory in bulk, without an import: for demonstration data and tests. Agencies first, then
 * locations, terms, services and what belongs to them. Rows that say the same as before stay untouched. Answers the ids
 * of new agencies.
 */
export async function writeDirectoryRows(
  tx: EntityManager,
  source: string,
  entityName: string,
  rows: readonly DirectoryRow[],
): Promise<string[]> {
  const entity = entityByName.get(entityName);
  if (!entity) throw new Error(`${entityName} is not an entity of the directory`);
  const records = rows.map(({ id, sourceId = null, data, initial = {} }) => ({
    id,
    source_id: sourceId,
    data,
    initial,
  }));
  const read =
    'select * from jsonb_to_recordset($2::jsonb) as r(id uuid, source_id text, data jsonb, initial jsonb)';
  const sql = upsert(entity, read, initialColumns(rows));
  return newIn(await tx.query<Written[]>(sql, [source, JSON.stringify(records)]));
}

function initialColumns(rows: readonly DirectoryRow[]): string[] {
  const columns = new Set(rows.flatMap(({ initial = {} }) => Object.keys(initial)));
  for (const column of columns) if (!/^[a-z0-9_]+$/.test(column)) throw new Error('not a column');
  return [...columns];
}

function upsert(
  entity: Entity,
  rows: string,
  initial: string[] = entity.name === 'agency' ? ['agency_type'] : [],
): string {
  const columns = [...entity.fields, ...entity.references].map(({ column }) => `"${column}"`);
  const extra = initial.map((column) => `"${column}"`);
  const all = [...columns, ...extra];
  return `
    insert into "${entity.name}" as t (id, source, source_id, imported_hash, ${all.join(', ')})
    select r.id, $1, r.source_id, md5(r.data::text), ${all.map((column) => `p.${column}`).join(', ')}
    from (${rows}) r cross join lateral jsonb_populate_record(null::"${entity.name}", r.initial || r.data) p
    on conflict (id) do update set source_id = excluded.source_id, imported_hash = excluded.imported_hash,
      version = t.version + 1, updated_at = now(), ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
    where t.source = excluded.source and t.imported_hash is distinct from excluded.imported_hash
    ${entity.name === 'agency' ? 'returning t.id, xmax = 0 as "isNew"' : ''}`;
}

const owners: readonly (readonly [column: string, entity: string])[] = [
  ['service_id', 'service'],
  ['location_id', 'location'],
  ['agency_id', 'agency'],
  ['service_at_location_id', 'service_at_location'],
];

/** Details that the package no longer shows, although it has their owner and details of their kind. */
function goneWhere({ name, references }: Entity): string {
  const owned = owners
    .filter(([column]) => references.some((reference) => reference.column === column))
    .map(
      ([column, owner]) => `exists (select 1 from directory_import_row o where o.import_id = $2
         and o.entity = '${owner}' and o.id = t.${column} and o.outcome <> 'REFUSED')`,
    );
  return `t.source = $1 and (${owned.join(' or ')})
    and exists (select 1 from directory_import_row k where k.import_id = $2 and k.entity = '${name}')
    and not exists (select 1 from directory_import_row r where r.import_id = $2 and r.entity = '${name}' and r.id = t.id)`;
}

/** How many details are gone from the package. */
export async function countGone(tx: EntityManager, importId: string, source: string): Promise<number> {
  let count = 0;
  for (const entity of entities.filter(({ detail }) => detail)) {
    const sql = `select count(*)::int as count from "${entity.name}" t where ${goneWhere(entity)}`;
    const [row]: { count: number }[] = await tx.query(sql, [source, importId]);
    count += row?.count ?? 0;
  }
  return count;
}

/** Removes the details that are gone: a service keeps no hours that its publisher took back. */
export async function removeGone(tx: EntityManager, importId: string, source: string): Promise<void> {
  for (const entity of entities.filter(({ detail }) => detail)) {
    await tx.query(`delete from "${entity.name}" t where ${goneWhere(entity)}`, [source, importId]);
  }
}

/** Agencies, services and locations of this source that the package does not show. */
export async function countAbsent(tx: EntityManager, importId: string, source: string): Promise<number> {
  let count = 0;
  for (const name of ['agency', 'service', 'location']) {
    const [row]: { count: number }[] = await tx.query(
      `select count(*)::int as count from ${name} t where t.source = $1 and not exists (
         select 1 from directory_import_row r where r.import_id = $2 and r.entity = '${name}' and r.id = t.id)`,
      [source, importId],
    );
    count += row?.count ?? 0;
  }
  return count;
}

/**
 * Works out from its terms what each service helps with and whether its name alone tells something about a person,
 * except where a person has decided that. Answers how many services changed.
 */
export async function deriveNeeds(tx: EntityManager, source: string): Promise<number> {
  const terms: { id: string; name: string; code: string | null }[] = await tx.query(
    `select distinct t.id, t.name, t.code from taxonomy_term t join service_term l on l.taxonomy_term_id = t.id
     where l.source = $1`,
    [source],
  );
  const needs = terms.flatMap((term) => needsOfTerm(term).map((need) => ({ term: term.id, need })));
  const changed: unknown[] = await tx.query(
    `with need as (select * from jsonb_to_recordset($2::jsonb) as n(term uuid, need text)),
     wanted as (
       select s.id, coalesce(array_agg(distinct n.need order by n.need) filter (where n.need is not null), '{}') as needs
       from service s left join service_term l on l.service_id = s.id left join need n on n.term = l.taxonomy_term_id
       where s.source = $1 and not s.needs_curated group by s.id
     ), settled as (
       select id, needs, case
         when needs && array['SUD_TREATMENT', 'WITHDRAWAL_MANAGEMENT', 'MOUD', 'RECOVERY_HOUSING', 'HARM_REDUCTION'] then 'SUD'
         when needs && array['INTIMATE_PARTNER_VIOLENCE', 'ELDER_ABUSE'] then 'IPV'
         when needs && array['MENTAL_HEALTH_TREATMENT', 'CRISIS_STABILISATION'] then 'MH' end as sensitive
       from wanted
     )
     update service s set need_categories = settled.needs, sensitive_category = settled.sensitive,
       version = s.version + 1, updated_at = now()
     from settled where s.id = settled.id
       and (s.need_categories, s.sensitive_category) is distinct from (settled.needs, settled.sensitive)
     returning s.id`,
    [source, JSON.stringify(needs)],
  );
  return (changed[0] as unknown[] | undefined)?.length ?? 0;
}

/**
 * Takes over the free places that a package reports, where nobody has told the program a newer figure. With several
 * units, the newest figure counts.
 */
export async function deriveCapacity(tx: EntityManager, source: string): Promise<void> {
  await tx.query(
    `with newest as (
       select distinct on (c.service_id) c.service_id, c.available, c.maximum, u.name as unit,
         least(c.reported_at, now()) as reported_at
       from service_capacity c left join capacity_unit u on u.id = c.capacity_unit_id
       where c.source = $1 and c.reported_at is not null and c.available is not null
       order by c.service_id, c.reported_at desc, c.id
     )
     update service s set capacity_code = case when n.available > 0 then 'CAPACITY' else 'NO_CAPACITY' end,
       capacity_available = n.available, capacity_maximum = n.maximum, capacity_unit = n.unit,
       capacity_updated_at = n.reported_at, version = s.version + 1, updated_at = now()
     from newest n where s.id = n.service_id and s.source = $1
       and (s.capacity_updated_at is null or s.capacity_updated_at < n.reported_at)`,
    [source],
  );
}

/**
 * The insurance that each service takes, from the kinds of payment of its package. A service with a text that is not
 * clear keeps none: a list that may be incomplete must not exclude anybody.
 */
export async function deriveInsurance(tx: EntityManager, source: string): Promise<void> {
  await tx.query(
    `with accepted as (
       select p.service_id,
         case when bool_or(p.insurance is null) then '{}'
           else coalesce(array_agg(distinct p.insurance order by p.insurance) filter (where p.insurance <> 'NONE'), '{}')
         end as codes
       from payment_accepted p where p.source = $1 group by p.service_id
     )
     update service s set insurance_accepted = a.codes, version = s.version + 1, updated_at = now()
     from accepted a where s.id = a.service_id and s.source = $1 and s.insurance_accepted <> a.codes`,
    [source],
  );
}
