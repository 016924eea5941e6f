import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import { addDays, momentOf, startOfDay, today } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import { APPOINTMENTS } from '../first-appointment/first-appointment.entity.ts';
import { clientsOf } from './reach.ts';

/** What a discharge lacks, what is most urgent first. */
const dischargeGaps = [
  'DECISION_WAITS',
  'CONTACT_MISSED',
  'FOLLOW_UP_MISSED',
  'NOT_ARRIVED',
  'NO_APPOINTMENT',
  'NO_PLAN',
] as const;
export type DischargeGap = (typeof dischargeGaps)[number];

export interface DischargeRow {
  stayId: string;
  clientId: string;
  firstAppointmentAt: Date | null;
  nextDueAt: Date | null;
  missing: DischargeGap[];
  /** Place of the most urgent gap; a discharge without one comes last. */
  rank: number;
  key: string;
}

const BOARD_DAYS = 30;
const LAST = dischargeGaps.length + 1;

/** Each gap as a condition over a stay `s` and its first appointment `a.at`. $3: time zone, $4: today. */
const conditions: Record<DischargeGap, string> = {
  DECISION_WAITS: `exists (select 1 from lost_contact l where l.stay_id = s.id and l.status in ('OPEN', 'AWAITING_REVIEW'))`,
  CONTACT_MISSED: `exists (select 1 from aftercare_contact c where c.source_id = s.id and c.status = 'MISSED'
    and not exists (select 1 from aftercare_contact m where m.source_id = s.id and m.status = 'MET' and m.due_at > c.due_at))`,
  FOLLOW_UP_MISSED: `exists (select 1 from follow_up_obligation o where o.source_id = s.id and o.status = 'MISSED')`,
  NOT_ARRIVED: `exists (select 1 from care_transition t where t.from_stay_id = s.id
    and (t.status = 'FAILED' or (t.status in ('PLANNED', 'IN_TRANSIT') and t.planned_for < $4::date))
    and not exists (select 1 from care_transition n where n.from_stay_id = s.id and n.status in ('ARRIVED', 'COMPLETED')))`,
  NO_APPOINTMENT: `(a.at is null or (a.at at time zone $3)::date > (s.ended_at at time zone $3)::date + 7)`,
  NO_PLAN: `not exists (select 1 from aftercare_plan p where p.episode_id = s.episode_id and p.status = 'ACTIVE')`,
};

const places = dischargeGaps.map(
  (gap, index) => `case when ${conditions[gap]} then ${String(index + 1)} end`,
);

/** The first appointment after a discharge: of the plan in force, of a transition, or a visit that took place. */
const APPOINTMENT = `
  select min(at) as at from (
${APPOINTMENTS}
  ) each where at >= s.ended_at`;

const NEXT = `
  select min(at) as at from (
    select due_at as at from aftercare_contact where source_id = s.id and status = 'PENDING'
    union all select due_at from follow_up_obligation where source_id = s.id and status = 'OPEN') each`;

/** $2: first moment of the board, $5: gaps or null, $6 to $8: the last row seen, $9: rows. */
const statement = (clients: string) => `
  with mine as materialized (${clients}), board as (
    select s.id, s.client_id, a.at as appointment_at, next.at as next_at,
           array_remove(array[${places.join(', ')}]::int[], null) as gaps
    from stay s cross join lateral (${APPOINTMENT}) a cross join lateral (${NEXT}) next
    where s.client_id in (select client_id from mine) and s.ended_at >= $2
      and s.discharge_type is not null and s.discharge_type <> 'DIED'),
  placed as (
    select *, coalesce(gaps[1], ${String(LAST)}) as rank, coalesce(next_at, 'infinity') as due from board)
  select id as "stayId", client_id as "clientId", appointment_at as "firstAppointmentAt", next_at as "nextDueAt",
         gaps, rank, due::text as key
  from placed
  where ($5::int[] is null or gaps && $5::int[])
    and ($6::int is null or (rank, due, id) > ($6::int, $7::timestamptz, $8::uuid))
  order by rank, due, id limit $9`;

export interface DischargeArgs extends PageArgs {
  missing?: readonly DischargeGap[] | null | undefined;
}

/** Discharges of the last 30 days, what should be done first first: by the most urgent gap, then by what is due next. */
export async function dischargeBoard(
  context: Context,
  { missing, ...args }: DischargeArgs,
): Promise<Connection<DischargeRow>> {
  const { db, viewer } = context;
  const page = readPage(args, 'discharge board');
  const at = momentOf(context);
  const since = startOfDay(addDays(today(at), -BOARD_DAYS), at.timeZone);
  const gaps = missing?.map((gap) => dischargeGaps.indexOf(gap) + 1) ?? null;
  const [rank = null, key = null, id = null] = page.after ?? [];
  const params = [viewer.id, since, at.timeZone, today(at), gaps, rank, key, id, page.first + 1];
  const rows = await db.query<(DischargeRow & { gaps: number[] })[]>(statement(clientsOf(viewer)), params);
  const named = rows.map(({ gaps: found, ...row }) => {
    return { ...row, missing: found.flatMap((place) => dischargeGaps[place - 1] ?? []) };
  });
  return connection(named, page, (row) => [row.rank, row.key, row.stayId]);
}
