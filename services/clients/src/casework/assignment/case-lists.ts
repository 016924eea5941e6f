import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import { addDays, endOfDay, momentOf, today } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { CaseFile, CaseStatus } from '../case-file/case-file.ts';

/** Roles on a case, and COVER: today somebody stands in for its primary case manager. */
export const caseloadRoles = ['PRIMARY', 'SECONDARY', 'BACKUP', 'PEER', 'SUPERVISOR', 'COVER'] as const;
export type CaseloadRole = (typeof caseloadRoles)[number];

/** `key` is a text of PostgreSQL, so that a cursor has the exact value of the ordering column. */
interface Found {
  id: string;
  key: string;
}

const open = `f.status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR')`;
const orders = {
  NEXT_CONTACT: { by: `coalesce(f.next_contact_due_at, 'infinity')`, type: 'timestamptz' },
  NAME: { by: `lower(coalesce(c.name_to_use, c.legal_name))`, type: 'text' },
  LAST_REACHED: { by: `coalesce(f.last_reached_at, '-infinity')`, type: 'timestamptz' },
} as const;

/** Cases on which the viewer has one of the roles, and as COVER those of colleagues for whom the viewer stands in today. */
const CASELOAD = ({ by, type }: (typeof orders)[keyof typeof orders]) => `
  with own as (
    select a.case_id from assignment a
    where a.case_manager_id = $1::uuid and a.ended_at is null and a.role = any($7::text[])
    union
    select a.case_id from case_manager m join assignment a on a.case_manager_id = m.id
    where m.cover_id = $1::uuid and a.role = 'PRIMARY' and a.ended_at is null and 'COVER' = any($7::text[])
  )
  select f.id, (${by})::text as key
  from own join case_file f on f.id = own.case_id join client c on c.id = f.client_id
  where (case when $2::text[] is null then ${open} else f.status = any($2) end)
    and ($3::text is null or (${by}, f.id) > ($3::text::${type}, $4::uuid))
    and ($6::timestamptz is null or f.next_contact_due_at < $6)
  order by ${by}, f.id
  limit $5`;

const UNASSIGNED = `
  select f.id, f.opened_at::text as key
  from case_file f
  where ${open}
    and not exists (select from assignment a where a.case_id = f.id and a.role = 'PRIMARY' and a.ended_at is null)
    and ($1::text is null or (f.opened_at, f.id) > ($1::timestamptz, $2::uuid))
  order by f.opened_at, f.id
  limit $3`;

export interface CaseloadArgs extends PageArgs {
  status?: readonly CaseStatus[] | null | undefined;
  sort?: keyof typeof orders | null | undefined;
  due?: CaseloadDue | null | undefined;
  roles?: readonly CaseloadRole[] | null | undefined;
}

/** Cases on which the viewer works: in any role, or in the roles that are named. */
export async function myCaseload(context: Context, args: CaseloadArgs): Promise<Connection<CaseFile>> {
  const { db, viewer } = context;
  const order = orders[args.sort ?? 'NEXT_CONTACT'];
  const page = readPage(args, `caseload by ${args.sort ?? 'NEXT_CONTACT'}`);
  const [key = null, id = null] = page.after ?? [];
  const statuses = args.status ? [...args.status] : null;
  const sql = CASELOAD(order);
  const found: Found[] = await db.query(sql, [
    viewer.id,
    statuses,
    key,
    id,
    page.first + 1,
    dueBefore(args.due, context),
    args.roles ? [...args.roles] : caseloadRoles,
  ]);
  return pageOf(context, found, page);
}

/** The roles that the viewer has on a case now: by assignment, and as cover of its primary case manager. */
export async function ownRoles(
  { viewer, loaders }: Context,
  { id: caseId }: Pick<CaseFile, 'id'>,
): Promise<CaseloadRole[]> {
  const held = await loaders.rolesHeld.load({ caseId, staffId: viewer.id });
  return caseloadRoles.filter((role) => held.includes(role));
}

export type CaseloadDue = 'OVERDUE' | 'TODAY' | 'THIS_WEEK';

/** The moment before which the next contact must be due, by the days of the program. */
function dueBefore(due: CaseloadDue | null | undefined, context: Context): Date | null {
  if (!due) return null;
  const at = momentOf(context);
  if (due === 'OVERDUE') return at.now;
  // What is due at the end of a day is due on that day.
  const last = endOfDay(due === 'TODAY' ? today(at) : addDays(today(at), 7), at.timeZone);
  return new Date(last.getTime() + 1);
}

/** Cases without a primary case manager, the oldest first. */
export async function unassignedCases(context: Context, args: PageArgs): Promise<Connection<CaseFile>> {
  const { db } = context;
  const page = readPage(args, 'unassigned cases');
  const [key = null, id = null] = page.after ?? [];
  const found: Found[] = await db.query(UNASSIGNED, [key, id, page.first + 1]);
  return pageOf(context, found, page);
}

async function pageOf(
  { loaders }: Context,
  found: readonly Found[],
  page: ReturnType<typeof readPage>,
): Promise<Connection<CaseFile>> {
  const files = await loaders.caseFileById.loadMany(found.map(({ id }) => id));
  const rows = files.flatMap((file) => (file && !(file instanceof Error) ? [file] : []));
  const keys = new Map(found.map(({ id, key }) => [id, key]));
  return connection(rows, page, ({ id }) => [keys.get(id) ?? '', id]);
}
