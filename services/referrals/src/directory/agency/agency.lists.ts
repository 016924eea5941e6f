import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import type { AgencyFilter } from '../../generated/graphql.ts';
import type { Agency } from './agency.ts';
import { AgencyEntity } from './agency.entity.ts';

/** Agencies by name, then id. */
export async function listAgencies(
  db: DataSource,
  { search, agencyTypes, status }: AgencyFilter,
  pageArgs: PageArgs,
): Promise<Connection<Agency>> {
  const page = readPage(pageArgs, 'agencies');
  const query = db.manager.createQueryBuilder(AgencyEntity, 'a').orderBy('a.name').addOrderBy('a.id');
  if (search) query.andWhere('a.name ilike :search', { search: containing(search) });
  if (agencyTypes?.length) query.andWhere('a.agency_type in (:...agencyTypes)', { agencyTypes });
  if (status) query.andWhere('a.status = :status', { status });
  if (page.after) {
    query.andWhere('(a.name, a.id) > (:name, :id::uuid)', { name: page.after[0], id: page.after[1] });
  }
  const rows = await query.limit(page.first + 1).getMany();
  return connection(rows, page, ({ name, id }) => [name, id]);
}

/** A pattern for ilike; special characters are escaped. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
