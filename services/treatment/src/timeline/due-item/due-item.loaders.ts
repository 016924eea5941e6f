import type { Page } from '@throughline/graphql';
import { endOfDay, today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { safetySteps, urgencies, type Approval, type DueItem } from './due-item.ts';

/**
 * What is due for a member of staff until the end of the day: one statement, however many clients there are. Crises of
 * everybody the person works with, and of the own team what nobody acknowledged in time; tasks that the person owns; contacts and the rest of the clients whom the person leads, also in
 * place of somebody who is away.
 */
export async function findDue(
  db: EntityManager,
  staffId: string,
  { first, after }: Page,
  at: Moment,
): Promise<DueItem[]> {
  const [place = null, dueAt = null, id = null] = after ?? [];
  const rows = await db.query<(Omit<DueItem, 'urgency'> & { place: number })[]>(DUE, [
    ...[staffId, at.now, endOfDay(today(at), at.timeZone), today(at), at.timeZone, safetySteps],
    ...[place, dueAt, id, first + 1],
  ]);
  return rows.map(({ place: order, ...row }) => ({ ...row, urgency: urgencies[order] ?? 'WATCH' }));
}

/** Days end in the time zone of the program. */
const endOf = (day: string) => `((${day} + 1)::timestamp at time zone $5::text)`;
const timely = (dueAt: string) => `case when ${dueAt} <= $2 then 3 else 4 end`;

const DUE = `
  with led as (
    select $1::uuid as staff_id union select staff_id from staff_standing where cover_id = $1::uuid
  ), own as materialized (
    select care.client_id from led join care on care.case_manager_id = led.staff_id where care.case_open
  ), team as materialized (
    select client_id from own
    union
    select m.client_id from care_member m
    join care on care.client_id = m.client_id and care.case_id = m.case_id and care.case_open
    where m.staff_id = $1::uuid
  ), due (kind, id, client_id, due_at, place, must_acknowledge) as (
    select 'CRISIS', a.id, a.client_id, coalesce(a.acknowledge_by, a.opened_at),
           case a.level when 1 then 0 when 2 then 1 else 5 end, a.state = 'OPEN' and a.level < 3
    from team join crisis_alert a using (client_id)
    where a.state in ('OPEN', 'ACKNOWLEDGED', 'IN_RESPONSE', 'CLIENT_NOT_LOCATED')
    union all
    select 'CRISIS', a.id, a.client_id, a.acknowledge_by, a.level - 1, true
    from care join crisis_alert a using (client_id)
    where care.supervisor_id in (select staff_id from led) and a.state = 'OPEN' and a.acknowledge_by <= $2
      and not exists (select from team where team.client_id = care.client_id)
    union all
    select 'NEXT_STEP', s.id, s.client_id, s.due_at,
           case when s.what = any($6::text[]) then 2 else ${timely('s.due_at')} end, false
    from led join next_step s on s.owner_id = led.staff_id and s.status = 'OPEN' and s.due_at <= $3
    union all
    select 'CONTACT', c.case_id, c.client_id, c.due_at, ${timely('c.due_at')}, false
    from own join next_contact c using (client_id) where c.due_at <= $3
    union all
    select 'FOLLOW_UP', o.id, o.client_id, o.due_at, ${timely('o.due_at')}, false
    from own join follow_up_obligation o using (client_id) where o.status = 'OPEN' and o.due_at <= $3
    union all
    select 'PLAN_REVIEW', p.id, p.client_id, ${endOf('p.review_on')}, ${timely(endOf('p.review_on'))}, false
    from own join care_plan p using (client_id) where p.status = 'ACTIVE' and p.review_on <= $4::date
    union all
    select 'GOAL', g.id, g.client_id, ${endOf('g.due_on')}, ${timely(endOf('g.due_on'))}, false
    from own join goal g using (client_id) where g.lifecycle = 'ACTIVE' and g.due_on <= $4::date
    union all
    select 'ADVOCACY', v.id, v.client_id, ${endOf('v.deadline')}, ${timely(endOf('v.deadline'))}, false
    from own join advocacy_action v using (client_id) where v.status = 'OPEN' and v.deadline <= $4::date
    union all
    select 'ADVICE_QUESTION', q.id, q.client_id, q.given_at, 4, false
    from advice q where q.clinician_id = $1::uuid and q.answered_at is null
  )
  select kind, id, client_id as "clientId", due_at as "dueAt", place, must_acknowledge as "mustAcknowledge"
  from due
  where $7::integer is null or (place, due_at, id) > ($7::integer, $8::timestamptz, $9::uuid)
  order by place, due_at, id limit $10::integer`;

/** What waits for a supervisor: of the own team, of the teams of supervisors on leave for whom that person stands in, and never of the supervisor's own doing. */
export function findApprovals(
  db: EntityManager,
  staffId: string,
  { first, after }: Page,
): Promise<Approval[]> {
  const [askedAt = null, id = null] = after ?? [];
  return db.query<Approval[]>(APPROVALS, [staffId, askedAt, id, first + 1]);
}

const APPROVALS = `
  with team as materialized (
    select client_id, case_manager_id from care where supervisor_id in (
      select $1::uuid union all select staff_id from staff_standing where cover_id = $1::uuid)
  ), approval (kind, id, client_id, asked_at, asked_by) as (
    select 'RISK_TIER', r.id, r.client_id, (r.proposed ->> 'at')::timestamptz, (r.proposed ->> 'by')::uuid
    from team join risk r using (client_id)
    where r.proposed is not null and r.proposed ->> 'by' <> $1::text
    union all
    select 'CRISIS_REVIEW', a.id, a.client_id, coalesce(a.resolved_at, a.opened_at), a.responded_by
    from team join crisis_alert a using (client_id)
    where a.state in ('STABILISED', 'HANDED_OFF', 'CLIENT_NOT_LOCATED')
      and $1::uuid is distinct from a.responded_by and $1::uuid is distinct from a.acknowledged_by
    union all
    select 'CASE_CLOSE', c.case_id, c.client_id, c.asked_at, c.asked_by
    from team join case_approval c using (client_id)
    where c.asked_by is distinct from $1::uuid and team.case_manager_id is distinct from $1::uuid
  )
  select kind, id, client_id as "clientId", asked_at as "askedAt", asked_by as "askedById"
  from approval
  where $2::timestamptz is null or (asked_at, id) > ($2::timestamptz, $3::uuid)
  order by asked_at, id limit $4::integer`;

/** Whether the member of staff is in the team of the supervisor, or of one on leave for whom that person stands in. */
export async function isInTeam(db: EntityManager, staffId: string, supervisorId: string): Promise<boolean> {
  const rows = await db.query<unknown[]>(
    `select 1 from staff_standing where staff_id = $1::uuid and supervisor_id in (
       select $2::uuid union all select staff_id from staff_standing where cover_id = $2::uuid)`,
    [staffId, supervisorId],
  );
  return rows.length > 0;
}
