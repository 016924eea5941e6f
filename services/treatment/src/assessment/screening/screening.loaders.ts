import type { CareReader } from '@throughline/care';
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

export function screeningLoaders(db: DataSource, care: CareReader) {
  return {
    screeningById: loaderById(db.manager, care.rowsWithCare(ScreeningEntity)),
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

/** Ids of the pages of all clients with the same arguments, in one statement. */
const PAGE = `
  select p.id from unnest(:clientIds::uuid[]) as c (id)
  cross join lateral (
    select id from screening
    where client_id = c.id and (:instrument::text is null or instrument = :instrument)
      and (:day::date is null or (administered_on, id) < (:day::date, :id::uuid))
      and not exists (select 1 from screening correction where correction.supersedes = screening.id)
    order by administered_on desc, id desc limit :limit
  ) p`;

async function loadPages(db: DataSource, pages: readonly ScreeningPage[]): Promise<Screening[][]> {
  const alike = Map.groupBy(pages, ({ instrument, limit, after }) =>
    JSON.stringify([instrument, limit, after]),
  );
  const found = new Map<ScreeningPage, Screening[]>();
  for (const group of alike.values()) {
    const rows = await loadAlike(db, group);
    for (const page of group)
      found.set(
        page,
        rows.filter(({ clientId }) => clientId === page.clientId),
      );
  }
  return pages.map((page) => found.get(page) ?? []);
}

async function loadAlike(db: DataSource, pages: readonly ScreeningPage[]): Promise<Screening[]> {
  const [page] = pages;
  if (!page) return [];
  const { instrument, limit, after } = page;
  const clientIds = pages.map(({ clientId }) => clientId);
  return db.manager
    .createQueryBuilder(ScreeningEntity, 's')
    .where(`s.id = any(array(${PAGE}))`)
    .setParameters({ clientIds, instrument, limit, day: after?.[0] ?? null, id: after?.[1] ?? null })
    .orderBy('s.administeredOn', 'DESC')
    .addOrderBy('s.id', 'DESC')
    .getMany();
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
