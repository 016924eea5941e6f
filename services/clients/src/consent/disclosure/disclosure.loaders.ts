import { loaderByOwner, pageByOwner } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, type EntityManager } from 'typeorm';
import type { DisclosureReads } from './disclosure-reads.ts';
import { DisclosureReadsEntity } from './disclosure-reads.entity.ts';
import { DisclosureRecordEntity } from './disclosure.entity.ts';
import type { DisclosureRecord } from './disclosure.ts';

export interface LedgerPage {
  clientId: string;
  from: Date | null;
  to: Date | null;
  limit: number;
  after: readonly string[] | null;
}

/**
 * Ids of the pages. Everything except the client is the same, because all come from one field of one operation.
 */
const PAGE = `
  select p.id
  from unnest(:clientIds::uuid[]) as c(id)
  cross join lateral (
    select d.id from disclosure_record d
    where d.client_id = c.id
      and (:from::timestamptz is null or d.disclosed_at >= :from)
      and (:to::timestamptz is null or d.disclosed_at < :to)
      and (:after::int is null or d.sequence < :after)
    order by d.sequence desc
    limit :limit
  ) p`;

export function disclosureLoaders(db: EntityManager) {
  return {
    disclosuresByClient: loaderByOwner(db, DisclosureRecordEntity, 'clientId', { sequence: 'ASC' }),
    readsOfDisclosure: new DataLoader<string, DisclosureReads | null>(async (ids) => {
      const rows = await db.findBy(DisclosureReadsEntity, { disclosureId: In([...ids]) });
      const byId = new Map(rows.map((row) => [row.disclosureId, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    ledgerPage: pageByOwner((clientIds, page: LedgerPage) => loadPages(db, clientIds, page)),
  };
}

/** One statement for all clients of one field. */
function loadPages(
  db: EntityManager,
  clientIds: string[],
  { from, to, limit, after }: LedgerPage,
): Promise<DisclosureRecord[]> {
  return db
    .createQueryBuilder(DisclosureRecordEntity, 'r')
    .where(`r.id = any(array(${PAGE}))`)
    .setParameters({ clientIds, from, to, limit, after: after?.[0] ?? null })
    .orderBy('r.sequence', 'DESC')
    .getMany();
}
