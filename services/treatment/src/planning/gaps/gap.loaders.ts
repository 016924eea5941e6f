import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { idleDays, needsOfDiagnosis, needsOfTool, type Gap } from './gap.ts';

const MOST = 100;
const DAY_MS = 86_400_000;

export function gapLoaders(db: DataSource, now: () => Date) {
  return {
    /** One statement for all clients. The same time limit counts for all of them. */
    gapsByClient: new DataLoader<string, Gap[]>(async (ids) => {
      const idleSince = new Date(now().getTime() - idleDays * DAY_MS);
      const needs = [JSON.stringify(needsOfTool), JSON.stringify(needsOfDiagnosis)];
      const rows = await db.query<Gap[]>(SQL, [ids, idleSince, ...needs]);
      const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
      return ids.map((id) => byClient.get(id)?.slice(0, MOST) ?? []);
    }),
  };
}

/** A need of any status answers a screening: the client was asked. */
const SCREENS = `
  select s.client_id, 'SCREEN_WITHOUT_NEED', s.id, $3::jsonb -> s.instrument ->> 0, s.recorded_at
  from (
    select distinct on (client_id, instrument) id, client_id, instrument, positive, recorded_at
    from screening s
    where client_id = any($1::uuid[]) and not exists (select 1 from screening c where c.supersedes = s.id)
    order by client_id, instrument, administered_on desc, recorded_at desc
  ) s
  where s.positive and $3::jsonb -> s.instrument is not null
    and not exists (
      select 1 from need n
      where n.client_id = s.client_id and ($3::jsonb -> s.instrument) ? n.category)`;

/** The earliest diagnosis of a kind that no need answers to. */
const DIAGNOSES = `
  select d.client_id, 'DIAGNOSIS_WITHOUT_NEED', d.id, $4::jsonb -> d.kind ->> 0, d.recorded_at
  from (
    select distinct on (client_id, kind) id, client_id, kind, recorded_at from diagnosis
    where client_id = any($1::uuid[]) and status in ('PROVISIONAL', 'CONFIRMED', 'IN_REMISSION')
    order by client_id, kind, recorded_at
  ) d
  where $4::jsonb -> d.kind is not null
    and not exists (select 1 from need n where n.client_id = d.client_id and ($4::jsonb -> d.kind) ? n.category)`;

const SQL = `
  with gap (client_id, kind, subject_id, need_category, since) as (
    ${SCREENS}
    union all
    ${DIAGNOSES}
    union all
    select client_id, 'SCREEN_WITHOUT_NEED', source_id, need_category, created_at from next_step
    where client_id = any($1::uuid[]) and status = 'OPEN' and what = 'RECORD_NEED'
    union all
    select n.client_id, 'NEED_WITHOUT_GOAL', n.id, n.category, n.recorded_at from need n
    where n.client_id = any($1::uuid[]) and n.status in ('OPEN', 'IN_PROGRESS')
      and not exists (select 1 from goal g where g.need_id = n.id and g.closed_at is null)
    union all
    select client_id, 'GOAL_WITHOUT_WORK', id, null, coalesce(last_worked_at, activated_at) from goal
    where client_id = any($1::uuid[]) and lifecycle = 'ACTIVE' and coalesce(last_worked_at, activated_at) < $2
  )
  select client_id as "clientId", kind, subject_id as "subjectId", need_category as "needCategory", since
  from gap order by since nulls first, subject_id`;
