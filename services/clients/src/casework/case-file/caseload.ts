import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { CaseFile, CaseStatus } from './case-file.ts';

/** `key` is a text of PostgreSQL, so that a cursor has the exact value of the ordering column. */
interface Found {
  id: string;
  key: string;
}

const open = `f.status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR')`;
const orders = {
  NEXT_CONTACT: { by: `coalesce(f.next_contact_due_at, 'infinity')`, type: 'timestamptz' },
  NAME: { by: `lower(coalesce(c.name_to_use, c.legal_name))`, type: 'text' },
} as const;

const CASELOAD = ({ by, type }: (typeof orders)[keyof typeof orders]) => `
  select f.id, (${by})::text as key
  from assignment a join case_file f on f.id = a.case_id join client c on c.id = f.client_id
  where a.case_manager_id = $1::uuid and a.role = 'PRIMARY' and a.ended_at is null
    and (case when $2::text[] is null then ${open} else f.status = any($2) end)
    and ($3::text is null or (${by}, f.id) > ($3::text::${type}, $4::uuid))
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
}

/** Cases whose primary case manager the viewer is. */
export async function myCaseload(context: Context, args: CaseloadArgs): Promise<Connection<CaseFile>> {
  const { db, viewer } = context;
  const order = orders[args.sort ?? 'NEXT_CONTACT'];
  const page = readPage(args, `caseload by ${args.sort ?? 'NEXT_CONTACT'}`);
  const [key = null, id = null] = page.after ?? [];
  const statuses = args.status ? [...args.status] : null;
  const sql = CASELOAD(order);
  const found: Found[] = await db.query(sql, [viewer.id, statuses, key, id, page.first + 1]);
  return pageOf(context, found, page);
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
