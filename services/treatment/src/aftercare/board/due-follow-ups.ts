import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import { addDays, endOfDay, momentOf, today, type Day } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import { clientsOf } from './reach.ts';

export type DueKind = 'DECISION' | 'CONTACT' | 'OBLIGATION';

/** Something of a client that waits for somebody. */
export interface DueFollowUp {
  id: string;
  kind: DueKind;
  clientId: string;
  dueAt: Date;
}

const DAYS_AHEAD = 7;

/** $2: until, $3: kinds, $4 and $5: the last row seen, $6: rows. */
const statement = (clients: string) => `
  with mine as materialized (${clients}), found as (
    select id, 'DECISION' as kind, client_id, opened_at as at from lost_contact
    where client_id in (select client_id from mine) and status in ('OPEN', 'AWAITING_REVIEW')
    union all
    select id, 'CONTACT', client_id, due_at from aftercare_contact
    where client_id in (select client_id from mine) and status = 'PENDING' and due_at <= $2
    union all
    select id, 'OBLIGATION', client_id, due_at from follow_up_obligation
    where client_id in (select client_id from mine) and status = 'OPEN' and due_at <= $2)
  select id, kind, client_id as "clientId", at as "dueAt" from found
  where kind = any($3::text[]) and ($4::timestamptz is null or (at, id) > ($4::timestamptz, $5::uuid))
  order by at, id limit $6`;

export interface DueArgs extends PageArgs {
  until?: Day | null | undefined;
  kinds?: readonly DueKind[] | null | undefined;
}

/** What waits for somebody until the end of a day, the first due first; a decision was due when it was opened. */
export async function dueFollowUps(
  context: Context,
  { until, kinds, ...args }: DueArgs,
): Promise<Connection<DueFollowUp>> {
  const { db, viewer } = context;
  const page = readPage(args, 'due follow-ups');
  const at = momentOf(context);
  const last = endOfDay(until ?? addDays(today(at), DAYS_AHEAD), at.timeZone);
  const [key = null, id = null] = page.after ?? [];
  const wanted = kinds ?? ['DECISION', 'CONTACT', 'OBLIGATION'];
  const params = [viewer.id, last, wanted, key, id, page.first + 1];
  const rows = await db.query<DueFollowUp[]>(statement(clientsOf(viewer)), params);
  return connection(rows, page, (row) => [row.dueAt, row.id]);
}
