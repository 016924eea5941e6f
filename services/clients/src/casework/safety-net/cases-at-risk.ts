import { connection, hasRole, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import { momentOf } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import { cadenceDays } from '../case-file/cadence.ts';
import type { CaseFile } from '../case-file/case-file.ts';
import { boundsAt, caseRisks, type CaseRisk } from './safety-net.ts';

const open = `f.status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR')`;
const waits = `f.status in ('ON_HOLD', 'WAITLISTED')`;
const cadence = Object.entries(cadenceDays).map(([tier, days]) => `when '${tier}' then ${String(days)}`);

/** Each gap as a condition over a case `f` and its owner `m`. $2: now, $3 and $4: the limits of the queue. */
const conditions: Record<CaseRisk, string> = {
  NO_OWNER: `(m.id is null or not m.active or not 'CASE_MANAGER' = any (m.roles))`,
  NO_NEXT_CONTACT: 'f.next_contact_due_at is null',
  CONTACT_OVERDUE: `(f.next_contact_due_at < $2 and not ${waits})`,
  CONTACT_LONG_OVERDUE: `(not ${waits}
    and f.next_contact_due_at < $2::timestamptz - (case f.risk_tier ${cadence.join(' ')} end) * interval '24 hours')`,
  REVIEW_OVERDUE: `(f.next_contact_due_at < $2 and ${waits})`,
  UNASSIGNED_FOUR_HOURS: 'f.queued_since <= $3',
  UNASSIGNED_BUSINESS_DAY: 'f.queued_since <= $4',
};

/** A case of the queue has no owner, whatever else it has. */
const inQueue: typeof conditions = { ...conditions, NO_OWNER: 'true' };

/** The cases that a viewer looks after: the own ones, those of the team, and for supervisors the queue. $1: the viewer. */
const OWN = `case_manager m join assignment a on a.case_manager_id = m.id and a.role = 'PRIMARY' and a.ended_at is null
  join case_file f on f.id = a.case_id where m.id = $1 and ${open}`;
const TEAM = `case_manager m join assignment a on a.case_manager_id = m.id and a.role = 'PRIMARY' and a.ended_at is null
  join case_file f on f.id = a.case_id where m.supervisor_id = $1 and ${open}`;
const QUEUE = `case_file f where f.queued_since is not null and ${open}`;

/** Since when the gap lasts, for a case with an owner. The queue has an index in its own order. */
const SINCE = `coalesce(f.queued_since, f.next_contact_due_at, f.opened_at)`;

function statement(reach: readonly string[], kinds: readonly CaseRisk[]): string {
  const pages = reach.map((source) => {
    const since = source === QUEUE ? 'f.queued_since' : SINCE;
    const wanted = kinds.map((kind) => (source === QUEUE ? inQueue : conditions)[kind]).join(' or ');
    return `(
      select f.id, ${since} as since from ${source} and (${wanted})
        and ($5::timestamptz is null or (${since}, f.id) > ($5::timestamptz, $6::uuid))
      order by since, f.id limit $7::int)`;
  });
  return `
    with given as (select $1::uuid, $2::timestamptz, $3::timestamptz, $4::timestamptz)
    select id, since::text as key from (${pages.join(' union ')}) found order by since, id limit $7::int`;
}

export interface RiskArgs extends PageArgs {
  kinds?: readonly CaseRisk[] | null | undefined;
}

/** Open cases with a gap, the longest first. */
export async function casesAtRisk(
  context: Context,
  { kinds, ...args }: RiskArgs,
): Promise<Connection<CaseFile>> {
  const { db, viewer, loaders } = context;
  const page = readPage(args, 'cases at risk');
  const { now, fourHoursAgo, businessDayAgo } = boundsAt(momentOf(context));
  const [key = null, id = null] = page.after ?? [];
  const reach = hasRole(viewer, 'SUPERVISOR') ? [OWN, TEAM, QUEUE] : [OWN];
  const wanted = kinds && kinds.length > 0 ? kinds : caseRisks;
  const params = [viewer.id, now, fourHoursAgo, businessDayAgo, key, id, page.first + 1];
  const found: { id: string; key: string }[] = await db.query(statement(reach, wanted), params);
  const files = await loaders.caseFileById.loadMany(found.map((one) => one.id));
  const rows = files.flatMap((file) => (file && !(file instanceof Error) ? [file] : []));
  const keys = new Map(found.map((one) => [one.id, one.key]));
  return connection(rows, page, (file) => [keys.get(file.id) ?? '', file.id]);
}
