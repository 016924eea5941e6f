import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
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

/** Two statements for the pages of all clients that ask alike: which entries, then the entries. */
async function loadAlike(db: DataSource, pages: readonly TimelinePage[]): Promise<TimelineEntry[]> {
  const [page] = pages;
  if (!page) return [];
  const keys: { id: string }[] = await db.query(pageSql(page.order), [
    pages.map(({ clientId }) => clientId),
    page.kinds,
    page.after?.[0] ?? null,
    page.after?.[1] ?? null,
    page.after?.[2] ?? null,
    page.limit,
    page.hidden,
  ]);
  const rows = await db.manager.findBy(TimelineEntryEntity, { id: In(keys.map(({ id }) => id)) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return keys.flatMap(({ id }) => byId.get(id) ?? []);
}

function pageSql(order: TimelinePage['order']): string {
  const [direction, beyond] = order === 'ASC' ? ['asc', '>'] : ['desc', '<'];
  return `
    select e.id from unnest($1::uuid[]) with ordinality as c (id, place)
    cross join lateral (
      select id, occurred_at, sequence from timeline_entry
      where client_id = c.id and ($2::text[] is null or kind = any($2)) and kind <> all($7::text[])
        and ($3::timestamptz is null or (occurred_at, sequence, id) ${beyond} ($3::timestamptz, $4::integer, $5::uuid))
      order by occurred_at ${direction}, sequence ${direction}, id ${direction} limit $6
    ) e
    order by c.place, e.occurred_at ${direction}, e.sequence ${direction}, e.id ${direction}`;
}
