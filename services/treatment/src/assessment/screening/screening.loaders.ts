import type { CareReader } from '@throughline/care';
import { loaderById, pageByOwner } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { instrumentLoaders } from '../instrument/instrument.entity.ts';
import type { Instrument } from '../instrument/instrument.ts';
import { askedFlags } from '../instrument/score.ts';
import { findSafetyScreens } from './find-screenings.ts';
import { ScreeningEntity } from './screening.entity.ts';
import { openFlags, type SafetyFlag, type Screening } from './screening.ts';
import type { SafetyScreen } from './signing.ts';
import type { TrendPoint } from './trend.ts';

export interface ScreeningPage {
  clientId: string;
  instrument: string | null;
  limit: number;
  after: readonly string[] | null;
}

export function screeningLoaders(db: DataSource, care: CareReader) {
  return {
    screeningById: loaderById(db.manager, care.rowsWithCare(ScreeningEntity)),
    screeningPage: pageByOwner((clientIds, page: ScreeningPage) => loadPages(db, clientIds, page)),
    correctionOf: new DataLoader<string, Screening | null>(async (ids) => {
      const rows = await db.manager.findBy(ScreeningEntity, { supersedes: In(ids) });
      return ids.map((id) => rows.find(({ supersedes }) => supersedes === id) ?? null);
    }),
    openFlagsByClient: new DataLoader<string, SafetyFlag[]>((ids) => loadOpenFlags(db, ids)),
    safetyScreensByClient: new DataLoader<string, SafetyScreen[]>((ids) =>
      findSafetyScreens(db.manager, ids),
    ),
    trendPoints: new DataLoader<TrendKey, TrendPoint[], string>((keys) => loadTrends(db, keys), {
      cacheKeyFn: ({ clientId, instrument }) => `${clientId}/${instrument}`,
    }),
  };
}

interface TrendKey {
  clientId: string;
  instrument: string;
}

/** The last totals of each client and tool, in one statement. */
const TRENDS = `
  select asked.client_id as "clientId", asked.instrument, p.id as "screeningId", p.day as "on", p.total
  from unnest($1::uuid[], $2::text[]) as asked (client_id, instrument)
  cross join lateral (
    select id, administered_on, to_char(administered_on, 'YYYY-MM-DD') as day, total from screening s
    where client_id = asked.client_id and instrument = asked.instrument and total is not null
      and not exists (select 1 from screening correction where correction.supersedes = s.id)
    order by administered_on desc, id desc limit 200
  ) p
  order by p.administered_on, p.id`;

async function loadTrends(db: DataSource, keys: readonly TrendKey[]): Promise<TrendPoint[][]> {
  const columns = [keys.map(({ clientId }) => clientId), keys.map(({ instrument }) => instrument)];
  const rows: (TrendKey & TrendPoint)[] = await db.query(TRENDS, columns);
  return keys.map((key) =>
    rows
      .filter((row) => row.clientId === key.clientId && row.instrument === key.instrument)
      .map(({ screeningId, on, total }) => ({ screeningId, on, total })),
  );
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

function loadPages(
  db: DataSource,
  clientIds: string[],
  { instrument, limit, after }: ScreeningPage,
): Promise<Screening[]> {
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
  const versions = instrumentLoaders(db.manager).instrumentByVersion;
  const known = new Map<Screening, Instrument>();
  for (const row of rows)
    known.set(row, await versions.load({ code: row.instrument, version: row.instrumentVersion }));
  const sources = rows.map((row) => ({ ...row, asked: askedIn(known.get(row), row) }));
  return clientIds.map((id) => openFlags(sources.filter(({ clientId }) => clientId === id)));
}

function askedIn(instrument: Instrument | undefined, { answers }: Screening): string[] {
  return instrument ? askedFlags(instrument, answers) : [];
}
