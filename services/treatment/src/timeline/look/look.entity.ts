import { loaderById, type Viewer } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, type DataSource, type EntityManager } from 'typeorm';
import { isShown, type Hidden } from '../timeline/hidden.ts';
import { TimelineEntryEntity } from '../timeline/timeline.entity.ts';
import { firstDays, lateDays, type Look } from './look.ts';

export const LookEntity = new EntitySchema<Look>({
  name: 'Look',
  tableName: 'look',
  columns: {
    id: { type: 'uuid', primary: true },
    staffId: { type: 'uuid', name: 'staff_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    lookedAt: { type: 'timestamptz', name: 'looked_at' },
    seen: { type: 'text' },
  },
  uniques: [{ columns: ['staffId', 'clientId'] }],
});

/** Records a look, or brings the one of before forward; an older one changes nothing. Answers the one that counts. */
export async function keepLook(tx: EntityManager, look: Look): Promise<Look> {
  const { id, staffId, clientId, lookedAt, seen } = look;
  await tx.query(
    `insert into look (id, staff_id, client_id, looked_at, seen) values ($1, $2, $3, $4, $5)
     on conflict (staff_id, client_id) do update set looked_at = excluded.looked_at, seen = excluded.seen
     where look.looked_at < excluded.looked_at`,
    [id, staffId, clientId, lookedAt, seen],
  );
  return tx.findOneByOrFail(LookEntity, { staffId, clientId });
}

export interface NewsAsked extends Hidden {
  clientId: string;
}

export interface News {
  lookedAt: Date | null;
  /** The transactions that this answer could see. */
  seen: string;
  groups: { kind: string; count: number; latest: string[] }[];
}

export function lookLoaders(db: DataSource, viewer: Viewer, now: () => Date) {
  return {
    newsOfClient: new DataLoader<NewsAsked, News, string>(
      (asked) => loadNews(db.manager, { viewerId: viewer.id, now: now() }, asked),
      { cacheKeyFn: (asked) => JSON.stringify(asked) },
    ),
    timelineEntryById: loaderById(db.manager, TimelineEntryEntity),
  };
}

interface Row {
  place: number;
  lookedAt: Date | null;
  seen: string;
  kind: string | null;
  count: number;
  latest: string[];
}

/** One statement for all clients. */
async function loadNews(
  db: EntityManager,
  { viewerId, now }: { viewerId: string; now: Date },
  asked: readonly NewsAsked[],
): Promise<News[]> {
  const rows = await db.query<Row[]>(NEWS, [
    JSON.stringify(asked),
    viewerId,
    now,
    `${String(firstDays)} days`,
    `${String(lateDays)} days`,
  ]);
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return asked.map((_one, index) => {
    const own = byPlace.get(index + 1) ?? [];
    const groups = own.flatMap(({ kind, count, latest }) => (kind === null ? [] : [{ kind, count, latest }]));
    return { lookedAt: own[0]?.lookedAt ?? null, seen: own[0]?.seen ?? '0:0:', groups };
  });
}

/** What happened after the look is new, and so is what this service heard of after it. The viewer's own acts are not. */
const NEWS = `
  select asked.place::integer as place, l.looked_at as "lookedAt", pg_current_snapshot()::text as seen,
         n.kind, n.count, n.latest
  from rows from (jsonb_to_recordset($1::jsonb) as ("clientId" uuid, kinds jsonb, "teamNotes" boolean))
       with ordinality as asked (client_id, hidden, team_notes, place)
  left join look l on l.staff_id = $2::uuid and l.client_id = asked.client_id
  left join lateral (
    select e.kind, count(*)::integer as count, max(e.occurred_at) as last,
           (array_agg(e.id order by e.occurred_at desc, e.sequence desc))[1:3] as latest
    from timeline_entry e
    where e.client_id = asked.client_id and e.actor_id <> $2::text and not asked.hidden ? e.kind
      and ${isShown('e', 'asked.team_notes')}
      and e.occurred_at > coalesce(l.looked_at - $5::interval, $3::timestamptz - $4::interval)
      and (l.looked_at is null or e.occurred_at > l.looked_at
        or not pg_visible_in_snapshot(e.received_in::text::xid8, l.seen::pg_snapshot))
    group by e.kind
  ) n on true
  order by asked.place, n.last desc, n.kind`;
