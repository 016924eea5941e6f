import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { containing } from '../agency/agency.lists.ts';
import type { ServiceFilter } from '../../generated/graphql.ts';
import type { Service } from './directory-service.ts';
import { ServiceEntity } from './directory-service.entity.ts';

/** Services by name, then id. */
export async function listServices(
  db: DataSource,
  filter: ServiceFilter,
  pageArgs: PageArgs,
): Promise<Connection<Service>> {
  const page = readPage(pageArgs, 'services');
  const query = db.manager.createQueryBuilder(ServiceEntity, 's').orderBy('s.name').addOrderBy('s.id');
  for (const [condition, parameters] of conditionsOf(filter)) query.andWhere(condition, parameters);
  if (page.after) {
    query.andWhere('(s.name, s.id) > (:name, :id::uuid)', { name: page.after[0], id: page.after[1] });
  }
  const rows = await query.limit(page.first + 1).getMany();
  return connection(rows, page, ({ name, id }) => [name, id]);
}

type Condition = [string, Record<string, unknown>];

function conditionsOf(filter: ServiceFilter): Condition[] {
  const { search, needCategory, agencyTypes, agencyId, county, postalCode, status } = filter;
  const conditions: Condition[] = [];
  if (search) conditions.push(['s.name ilike :search', { search: containing(search) }]);
  if (needCategory) conditions.push(['s.need_categories @> array[:need]::text[]', { need: needCategory }]);
  if (agencyId) conditions.push(['s.agency_id::text = :agencyId', { agencyId }]);
  if (status) conditions.push(['s.status = :status', { status }]);
  if (agencyTypes?.length) {
    const ofType = 's.agency_id in (select a.id from agency a where a.agency_type in (:...agencyTypes))';
    conditions.push([ofType, { agencyTypes }]);
  }
  if (county) conditions.push([at('d.region ilike :county'), { county: containing(county) }]);
  if (postalCode) conditions.push([at('starts_with(d.postal_code, :postalCode)'), { postalCode }]);
  return conditions;
}

function at(condition: string): string {
  return `exists (select 1 from service_at_location l join address d on d.location_id = l.location_id
    where l.service_id = s.id and ${condition})`;
}
