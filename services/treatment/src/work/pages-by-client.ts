import type { Page } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { DataSource, EntitySchema } from 'typeorm';

export interface PageOfClient extends Page {
  clientId: string;
}

/** Pages of many clients with the same arguments, newest first, in one statement. Each page has one row more than asked for. */
export function pagesByClient<Row extends { id: string; clientId: string }>(
  db: DataSource,
  entity: EntitySchema<Row>,
  column: string,
) {
  return new DataLoader<PageOfClient, Row[], string>(
    async (pages) => {
      const alike = Map.groupBy(pages, ({ first, after }) => JSON.stringify([first, after]));
      const found = new Map<PageOfClient, Row[]>();
      for (const group of alike.values()) {
        const rows = await load(db, [entity, column], group);
        for (const page of group)
          found.set(
            page,
            rows.filter(({ clientId }) => clientId === page.clientId),
          );
      }
      return pages.map((page) => found.get(page) ?? []);
    },
    { cacheKeyFn: (page) => JSON.stringify(page) },
  );
}

function load<Row extends { id: string; clientId: string }>(
  db: DataSource,
  [entity, column]: readonly [EntitySchema<Row>, string],
  pages: readonly PageOfClient[],
): Promise<Row[]> {
  const metadata = db.getMetadata(entity);
  const [page] = pages;
  const [at = null, id = null] = page?.after ?? [];
  const property = metadata.findColumnWithDatabaseName(column)?.propertyName ?? column;
  const ids = `
    select p.id from unnest(:clientIds::uuid[]) as c (id)
    cross join lateral (
      select id from ${metadata.tableName}
      where client_id = c.id and (:at::timestamptz is null or (${column}, id) < (:at::timestamptz, :id::uuid))
      order by ${column} desc, id desc limit :limit
    ) p`;
  return db.manager
    .createQueryBuilder(entity, 'e')
    .where(`e.id = any(array(${ids}))`)
    .setParameters({
      clientIds: pages.map(({ clientId }) => clientId),
      at,
      id,
      limit: (page?.first ?? 0) + 1,
    })
    .orderBy({ [`e.${property}`]: 'DESC', 'e.id': 'DESC' })
    .getMany();
}
