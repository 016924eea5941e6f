import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { ReferralStatus } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Referral } from './referral.ts';
import { ReferralEntity } from './referral.entity.ts';

/** Each way to a client as a look-up by an index: one condition with "or" would read all referrals. */
const OWN = 'select client_id from care where case_manager_id = :viewer';
const TEAM = `select client_id from care where supervisor_id in (
  select :viewer::uuid union all select staff_id from staff_standing where cover_id = :viewer::uuid)`;
const ON_CARE_TEAM = `select t.client_id from care_member m
  join care t on t.client_id = m.client_id and t.case_id = m.case_id and t.case_open where m.staff_id = :viewer`;
const STANDS_IN = `select t.client_id from staff_standing s
  join care t on t.case_manager_id = s.staff_id where s.cover_id = :viewer`;

/** Referrals of the viewer's caseload, care teams, covered colleagues and team, newest first. `@access` names the roles that have either. */
export async function listReferrals(
  { db, viewer }: Context,
  { status, ...args }: PageArgs & { status?: readonly ReferralStatus[] | null | undefined },
): Promise<Connection<Referral>> {
  const page = readPage(args, 'referrals');
  const team = viewer.roles.includes('SUPERVISOR') ? [TEAM] : [];
  const clients = [OWN, ...team, ON_CARE_TEAM, STANDS_IN].join(' union ');
  const rows = db.manager
    .createQueryBuilder(ReferralEntity, 'r')
    .where(`r.client_id in (${clients})`, { viewer: viewer.id })
    .orderBy('r.createdAt', 'DESC')
    .addOrderBy('r.id', 'DESC')
    .limit(page.first + 1);
  if (status) rows.andWhere('r.status = any(:status)', { status });
  if (page.after)
    rows.andWhere('(r.created_at, r.id) < (:at, :id)', { at: page.after[0], id: page.after[1] });
  return connection(await rows.getMany(), page, ({ createdAt, id }) => [createdAt, id]);
}
