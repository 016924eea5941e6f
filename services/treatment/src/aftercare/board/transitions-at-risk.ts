import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import { addDays, momentOf, startOfDay, today } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import { clientsOf } from './reach.ts';

const transitionRisks = [
  'FAILED',
  'NOT_ARRIVED',
  'RECEIVER_NOT_CONFIRMED',
  'APPOINTMENT_MISSING',
  'PACKET_NOT_SENT',
  'HAND_OFF_INCOMPLETE',
] as const;
export type TransitionRisk = (typeof transitionRisks)[number];

export interface TransitionAtRisk {
  transitionId: string;
  clientId: string;
  risks: TransitionRisk[];
  plannedFor: string;
}

const FAILED_DAYS = 30;
const DAYS_AHEAD = 2;
const onItsWay = `t.status in ('PLANNED', 'IN_TRANSIT')`;
const isLive = `t.status in ('PLANNED', 'IN_TRANSIT', 'ARRIVED')`;

/** Each risk as a condition over a transition `t`. $2: today, $3: in two days, $4: time zone, $5: since when a failure counts. */
const conditions: Record<TransitionRisk, string> = {
  FAILED: `(t.status = 'FAILED' and t.ended_at >= $5 and not exists (select 1 from care_transition n
    where n.episode_id = t.episode_id and n.id > t.id))`,
  NOT_ARRIVED: `(${onItsWay} and t.planned_for < $2::date)`,
  RECEIVER_NOT_CONFIRMED: `(${onItsWay} and t.planned_for <= $3::date and not t.confirmations @> '[{"party": "RECEIVER"}]')`,
  APPOINTMENT_MISSING: `(${isLive} and (t.first_appointment_at is null or (t.first_appointment_at at time zone $4)::date
    > coalesce((t.left_at at time zone $4)::date, t.planned_for) + 7))`,
  PACKET_NOT_SENT: `(${isLive} and t.hand_off = 'PACKET' and t.packet_sent_at is null and t.planned_for <= $3::date)`,
  HAND_OFF_INCOMPLETE: `(t.status = 'ARRIVED' and t.hand_off = 'WARM' and jsonb_array_length(t.confirmations) < 3)`,
};
const names = transitionRisks.map((risk) => `case when ${conditions[risk]} then '${risk}' end`);

/** $6: risks or null, $7 and $8: the last row seen, $9: rows. */
const statement = (clients: string) => `
  with mine as materialized (${clients}), found as (
    select t.id, t.client_id, t.planned_for, array_remove(array[${names.join(', ')}]::text[], null) as risks
    from care_transition t where t.client_id in (select client_id from mine))
  select id as "transitionId", client_id as "clientId", risks, planned_for::text as "plannedFor" from found
  where cardinality(risks) > 0 and ($6::text[] is null or risks && $6::text[])
    and ($7::date is null or (planned_for, id) > ($7::date, $8::uuid))
  order by planned_for, id limit $9`;

export interface TransitionArgs extends PageArgs {
  risks?: readonly TransitionRisk[] | null | undefined;
}

/** Transitions that may leave a client between two places, the earliest day first. */
export async function transitionsAtRisk(
  context: Context,
  { risks, ...args }: TransitionArgs,
): Promise<Connection<TransitionAtRisk>> {
  const { db, viewer } = context;
  const page = readPage(args, 'transitions at risk');
  const at = momentOf(context);
  const day = today(at);
  const since = startOfDay(addDays(day, -FAILED_DAYS), at.timeZone);
  const [key = null, id = null] = page.after ?? [];
  const params = [viewer.id, day, addDays(day, DAYS_AHEAD), at.timeZone, since, risks ?? null, key, id];
  const rows = await db.query<TransitionAtRisk[]>(statement(clientsOf(viewer)), [...params, page.first + 1]);
  return connection(rows, page, (row) => [row.plannedFor, row.transitionId]);
}
