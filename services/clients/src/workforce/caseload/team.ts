import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { StaffMember } from '../case-manager/case-manager.ts';

const TEAM = `
  select id, lower(name) as key from case_manager
  where supervisor_id = $1 and active and ($2::text is null or (lower(name), id) > ($2, $3::uuid))
  order by lower(name), id limit $4`;

/** The active members of staff whom the viewer supervises, by name. */
export async function team(context: Context, args: PageArgs): Promise<Connection<StaffMember>> {
  const { db, viewer, loaders } = context;
  const page = readPage(args, 'team');
  const [key = null, id = null] = page.after ?? [];
  const found: { id: string; key: string }[] = await db.query(TEAM, [viewer.id, key, id, page.first + 1]);
  const staff = await loaders.staffMemberById.loadMany(found.map((one) => one.id));
  const rows = staff.flatMap((one) => (one && !(one instanceof Error) ? [one] : []));
  const keys = new Map(found.map((one) => [one.id, one.key]));
  return connection(rows, page, (one) => [keys.get(one.id) ?? '', one.id]);
}
