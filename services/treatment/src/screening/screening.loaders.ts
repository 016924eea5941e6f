import { loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { getInstrument } from '../instrument/definitions.ts';
import { ScreeningEntity } from './screening.entity.ts';
import { openFlags, type SafetyFlag, type Screening } from './screening.ts';

export interface ScreeningPage {
  clientId: string;
  instrument: string | null;
  limit: number;
  after: readonly string[] | null;
}

export function screeningLoaders(db: DataSource) {
  const screeningById = loaderById(db.manager, ScreeningEntity);
  return {
    screeningById,
    screeningPage: new DataLoader<ScreeningPage, Screening[], string>((pages) => loadPages(db, pages), {
      cacheKeyFn: (page) => JSON.stringify(page),
    }),
    correctionOf: new DataLoader<string, Screening | null>(async (ids) => {
      const rows = await db.manager.findBy(ScreeningEntity, { supersedes: In(ids) });
      return ids.map((id) => rows.find(({ supersedes }) => supersedes === id) ?? null);
    }),
    openFlagsByClient: new DataLoader<string, SafetyFlag[]>((ids) => loadOpenFlags(db, ids)),
  };
}

/** One statement for the pages of all clients that ask alike, whatever their number. */
const PAGE = `
  select s.id, s.client_id from unnest($1::uuid[]) as c (id)
  cross join lateral (
    select id, client_id, administered_on from screening
    where client_id = c.id and ($2::text is null or instrument = $2)
      and ($3::date is null or (administered_on, id) < ($3::date, $4::uuid))
      and not exists (select 1 from screening correction where correction.supersedes = screening.id)
    order by administered_on desc, id desc limit $5
  ) s order by s.administered_on desc, s.id desc`;

async function loadPages(db: DataSource, pages: readonly ScreeningPage[]): Promise<Screening[][]> {
  const alike = Map.groupBy(pages, ({ instrument, limit, after }) =>
    JSON.stringify([instrument, limit, after]),
  );
  const found = new Map<ScreeningPage, Screening[]>();
  for (const group of alike.values()) {
    const [page] = group;
    if (!page) continue;
    const keys: { id: string; client_id: string }[] = await db.query(PAGE, [
      group.map(({ clientId }) => clientId),
      page.instrument,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.limit,
    ]);
    const rows = await db.manager.findBy(ScreeningEntity, { id: In(keys.map(({ id }) => id)) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const each of group) {
      const own = keys.filter(({ client_id }) => client_id === each.clientId);
      found.set(
        each,
        own.flatMap(({ id }) => byId.get(id) ?? []),
      );
    }
  }
  return pages.map((page) => found.get(page) ?? []);
}

async function loadOpenFlags(db: DataSource, clientIds: readonly string[]): Promise<SafetyFlag[][]> {
  const rows = await db.manager
    .createQueryBuilder(ScreeningEntity, 'screening')
    .where('screening.client_id = any(:clientIds)', { clientIds: [...clientIds] })
    .andWhere('not exists (select 1 from screening c where c.supersedes = screening.id)')
    .orderBy('screening.administeredOn', 'DESC')
    .addOrderBy('screening.id', 'DESC')
    .getMany();
  return clientIds.map((id) => openFlags(rows.filter(({ clientId }) => clientId === id).map(withAsked)));
}

function withAsked(screening: Screening): Screening & { asked: string[] } {
  const answered = new Set(screening.answers.map(({ item }) => item));
  const { flagRules } = getInstrument(screening.instrument, screening.instrumentVersion);
  return { ...screening, asked: flagRules.filter(({ item }) => answered.has(item)).map(({ flag }) => flag) };
}
