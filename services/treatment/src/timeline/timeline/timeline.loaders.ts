import { pageByOwner } from '@throughline/graphql';
import type { DataSource } from 'typeorm';
import { isShown, type Hidden } from './hidden.ts';
import { TimelineEntryEntity } from './timeline.entity.ts';
import type { TimelineEntry } from './timeline.ts';

export interface TimelinePage {
  clientId: string;
  order: 'ASC' | 'DESC';
  kinds: readonly string[] | null;
  labels: readonly string[] | null;
  since: Date | null;
  until: Date | null;
  hidden: Hidden;
  limit: number;
  /** occurredAt, sequence and id of the last entry seen. */
  after: readonly string[] | null;
}

export function timelineLoaders(db: DataSource) {
  return {
    timelinePage: pageByOwner((clientIds, page: TimelinePage) => loadPages(db, clientIds, page)),
  };
}

/** One statement for the pages of all clients with the same arguments. */
function loadPages(db: DataSource, clientIds: string[], page: TimelinePage): Promise<TimelineEntry[]> {
  const { order, after, kinds, labels, since, until, hidden, limit } = page;
  const [at, sequence, id] = after ?? [null, null, null];
  return db.manager
    .createQueryBuilder(TimelineEntryEntity, 'e')
    .where(`e.id = any(array(${pageSql(order)}))`)
    .setParameters({ clientIds, kinds, labels, since, until, limit, at, sequence, id })
    .setParameters({ hidden: hidden.kinds, teamNotes: hidden.teamNotes })
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
        and ${isShown('timeline_entry', ':teamNotes::boolean')}
        and (:labels::text[] is null or labels && :labels::text[])
        and (:since::timestamptz is null or occurred_at >= :since) and (:until::timestamptz is null or occurred_at < :until)
        and (:at::timestamptz is null
          or (occurred_at, sequence, id) ${beyond} (:at::timestamptz, :sequence::integer, :id::uuid))
      order by occurred_at ${direction}, sequence ${direction}, id ${direction} limit :limit
    ) p`;
}
