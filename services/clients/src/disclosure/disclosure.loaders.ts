import { loaderByOwner } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, type EntityManager } from 'typeorm';
import { DisclosureRecordEntity } from './disclosure.entity.ts';
import type { DisclosureRecord } from './disclosure.ts';

export interface LedgerPage {
  clientId: string;
  from: Date | null;
  to: Date | null;
  limit: number;
  after: readonly string[] | null;
}

/** `$1` holds the clients; the rest is the same for all of them, as it comes from one field of one operation. */
const PAGE = `
  select l.client_id as "clientId", l.id
  from unnest($1::uuid[]) as c(id)
  cross join lateral (
    select d.client_id, d.id, d.sequence from disclosure_record d
    where d.client_id = c.id
      and ($2::timestamptz is null or d.disclosed_at >= $2) and ($3::timestamptz is null or d.disclosed_at < $3)
      and ($4::int is null or d.sequence < $4)
    order by d.sequence desc
    limit $5
  ) l
  order by l.client_id, l.sequence desc`;

export function disclosureLoaders(db: EntityManager) {
  return {
    disclosuresByClient: loaderByOwner(db, DisclosureRecordEntity, 'clientId', { sequence: 'ASC' }),
    ledgerPage: new DataLoader<LedgerPage, DisclosureRecord[], string>((pages) => loadPages(db, pages), {
      cacheKeyFn: (page) => JSON.stringify(page),
    }),
  };
}

const nothing = { from: null, to: null, limit: 0, after: null };

function sameArguments({ from, to, limit, after }: LedgerPage): string {
  return JSON.stringify([from, to, limit, after]);
}

async function loadPages(db: EntityManager, pages: readonly LedgerPage[]): Promise<DisclosureRecord[][]> {
  const ids = new Map<LedgerPage, string[]>();
  // One statement for all clients of one field: its arguments are the same for all of them.
  for (const alike of Map.groupBy(pages, sameArguments).values()) {
    const { from, to, limit, after } = alike[0] ?? nothing;
    const args = [alike.map(({ clientId }) => clientId), from, to, after?.[0] ?? null, limit];
    const rows: { clientId: string; id: string }[] = await db.query(PAGE, args);
    const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
    for (const page of alike)
      ids.set(
        page,
        (byClient.get(page.clientId) ?? []).map(({ id }) => id),
      );
  }
  const all = [...new Set([...ids.values()].flat())];
  const records = all.length > 0 ? await db.findBy(DisclosureRecordEntity, { id: In(all) }) : [];
  const byId = new Map(records.map((entry) => [entry.id, entry]));
  return pages.map((page) => (ids.get(page) ?? []).flatMap((id) => byId.get(id) ?? []));
}
