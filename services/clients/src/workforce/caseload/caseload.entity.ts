import type { EntityManager } from 'typeorm';
import DataLoader from 'dataloader';
import { caseloadOf, type Caseload, type Limits, type Load } from './caseload.ts';

/** A case that is not over; `f` is the case. */
const OPEN = `f.status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR')`;

/** Cases whose primary case manager is one of $1; `a` is the assignment and `f` the case. */
const PRIMARY_CASES = `
  from assignment a join case_file f on f.id = a.case_id
  where a.case_manager_id = any($1::uuid[]) and a.role = 'PRIMARY' and a.ended_at is null and ${OPEN}`;

/**
 * How many modifiers the case `f` of the client `c` has: some follow from the record of the client, the others are
 * written down in `m`. 116 = place not meant for habitation. Source: infra/reference/domain.md 1.4, 7.2.
 */
export const MODIFIERS = `
  (select count(distinct one)::int from unnest(coalesce(m.modifiers, '{}') || array_remove(array[
     case when c.living_situation = '116' then 'UNSHELTERED' end,
     case when c.interpreter_needed then 'INTERPRETER_NEEDED' end,
     case when c.safe_address or 'IPV_SURVIVOR' = any(c.populations) then 'IPV_SAFETY' end,
     case when 'PREGNANT_POSTPARTUM' = any(c.populations) then 'PREGNANT' end,
     case when 'CO_OCCURRING' = any(c.populations) then 'CO_OCCURRING_SMI_SUD' end
   ], null)) one)`;

const LOADS = `
  select "staffId", tier, status, modifiers, count(*)::int as count
  from (
    select a.case_manager_id as "staffId", f.risk_tier as tier, f.status, ${MODIFIERS} as modifiers
    from assignment a join case_file f on f.id = a.case_id join client c on c.id = f.client_id
      left join case_modifier m on m.case_id = f.id
    where a.case_manager_id = any($1::uuid[]) and a.role = 'PRIMARY' and a.ended_at is null and ${OPEN}
  ) cases group by 1, 2, 3, 4`;

const LIMITS = `
  select s.id as "staffId", l.points::float8, l.heads, s.fte::float8
  from case_manager s join caseload_limit l on l.code = s.program_code where s.id = any($1::uuid[])`;

const OVERDUE = `select a.case_manager_id as id, count(*)::int as count ${PRIMARY_CASES}
  and f.next_contact_due_at < $2::timestamptz group by 1`;

type Database = Pick<EntityManager, 'query'>;

/** What each of the staff has now: the limits, and the loads that weigh against them. Two statements for any number. */
export async function findLoads(
  db: Database,
  staffIds: readonly string[],
): Promise<Map<string, { loads: Load[]; limits: Limits }>> {
  const loads: (Load & { staffId: string })[] = await db.query(LOADS, [staffIds]);
  const limits: (Limits & { staffId: string })[] = await db.query(LIMITS, [staffIds]);
  const byStaff = Map.groupBy(loads, ({ staffId }) => staffId);
  return new Map(
    limits.map(({ staffId, ...own }) => [staffId, { limits: own, loads: byStaff.get(staffId) ?? [] }]),
  );
}

/** What one case weighs by; null when there is no such case. */
export async function findLoad(db: Database, caseId: string): Promise<Load | null> {
  const rows: Load[] = await db.query(
    `select f.risk_tier as tier, f.status, ${MODIFIERS} as modifiers, 1 as count
     from case_file f join client c on c.id = f.client_id left join case_modifier m on m.case_id = f.id
     where f.id = $1`,
    [caseId],
  );
  return rows[0] ?? null;
}

export function caseloadLoaders(db: EntityManager, now: () => Date) {
  return {
    caseloadByStaff: new DataLoader<string, Caseload | null>(async (ids) => {
      const found = await findLoads(db, ids);
      return ids.map((id) => {
        const own = found.get(id);
        return own ? caseloadOf(own.loads, own.limits) : null;
      });
    }),
    overdueContactsByStaff: new DataLoader<string, number>(async (ids) => {
      const rows: { id: string; count: number }[] = await db.query(OVERDUE, [ids, now()]);
      const byId = new Map(rows.map(({ id, count }) => [id, count]));
      return ids.map((id) => byId.get(id) ?? 0);
    }),
  };
}
