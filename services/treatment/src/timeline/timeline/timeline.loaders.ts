import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { TimelineEntryEntity } from './timeline.entity.ts';
import type { TimelineEntry } from './timeline.ts';

export interface TimelinePage {
  clientId: string;
  order: 'ASC' | 'DESC';
  kinds: readonly string[] | null;
  /** Kinds that the viewer must not see. */
  hidden: readonly string[];
  limit: number;
  /** occurredAt, sequence and id of the last entry seen. */
  after: readonly string[] | null;
}

export function timelineLoaders(db: DataSource) {
  return {
    timelinePage: new DataLoader<TimelinePage, TimelineEntry[], string>((pages) => loadPages(db, pages), {
      cacheKeyFn: (page) => JSON.stringify(page),
    }),
  };
}

async function loadPages(db: DataSource, pages: readonly TimelinePage[]): Promise<TimelineEntry[][]> {
  const alike = Map.groupBy(pages, ({ clientId: _, ...rest }) => JSON.stringify(rest));
  const found = new Map<TimelinePage, TimelineEntry[]>();
  for (const group of alike.values()) {
    const entries = await loadAlike(db, group);
    for (const page of group)
      found.set(
        page,
        entries.filter(({ clientId }) => clientId === page.clientId),
      );
  }
  return pages.map((page) => found.get(page) ?? []);
}

/** One statement for the pages of all clients with the same arguments. */
async function loadAlike(db: DataSource, pages: readonly TimelinePage[]): Promise<TimelineEntry[]> {
  const [page] = pages;
  if (!page) return [];
  const { order, kinds, hidden, limit, after } = page;
  const [at, sequence, id] = after ?? [null, null, null];
  return db.manager
    .createQueryBuilder(TimelineEntryEntity, 'e')
    .where(`e.id = any(array(${pageSql(order)}))`)
    .setParameters({
      clientIds: pages.map(({ clientId }) => clientId),
      kinds,
      hidden,
      limit,
      at,
      sequence,
      id,
    })
    .orderBy({ 'e.occurredAt': order, 'e.sequence': order, 'e.id': order })
    .getMany();
}

/** The ids of the pages. */
function pageSql(order: TimelinePage['order']): string {
  const [direction, beyond] = order === 'ASC' ? ['asc', '>'] : ['desc', '<'];
  return `
    select p.id from unnest(:clientIds::uuid[]) as c (id)
    cross join lateral (
      select id from timeline_entry
      where client_id = c.id and (:kinds::text[] is null or kind = any(:kinds)) and kind <> all(:hidden::text[])
        and (:at::timestamptz is null
          or (occurred_at, sequence, id) ${beyond} (:at::timestamptz, :sequence::integer, :id::uuid))
      order by occurred_at ${direction}, sequence ${direction}, id ${direction} limit :limit
    ) p`;
}
