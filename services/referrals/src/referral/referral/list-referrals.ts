import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { ReferralStatus } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Referral } from './referral.ts';
import { ReferralEntity } from './referral.entity.ts';

/** Referrals of the viewer's caseload and team, newest first. `@access` names the roles that have either. */
export async function listReferrals(
  { db, viewer }: Context,
  { status, ...args }: PageArgs & { status?: readonly ReferralStatus[] | null | undefined },
): Promise<Connection<Referral>> {
  const page = readPage(args, 'referrals');
  const team = viewer.roles.includes('SUPERVISOR') ? 'or t.supervisor_id = :viewer' : '';
  const rows = db.manager
    .createQueryBuilder(ReferralEntity, 'r')
    .where(
      `exists (select 1 from care t where t.client_id = r.client_id and (t.case_manager_id = :viewer ${team}))`,
      { viewer: viewer.id },
    )
    .orderBy('r.createdAt', 'DESC')
    .addOrderBy('r.id', 'DESC')
    .limit(page.first + 1);
  if (status) rows.andWhere('r.status = any(:status)', { status });
  if (page.after)
    rows.andWhere('(r.created_at, r.id) < (:at, :id)', { at: page.after[0], id: page.after[1] });
  return connection(await rows.getMany(), page, ({ createdAt, id }) => [createdAt, id]);
}
