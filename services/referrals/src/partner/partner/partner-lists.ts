import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { ReferralStatus } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Referral } from '../../referral/referral/referral.ts';
import { ReferralEntity } from '../../referral/referral/referral.entity.ts';
import { isTombstone } from '../../referral/partner-event/partner-event.ts';

/** Row of an inbox: it has nothing about the person, so it needs no consent and no line of the ledger. */
export interface InboxRow {
  id: string;
  status: ReferralStatus;
  priority: Referral['priority'] | null;
  receivedAt: Date | null;
  decideBy: Date | null;
}

/** The inbox of the viewer's agency, newest first. */
export async function listInbox(
  { db, viewer }: Context,
  { status, ...args }: PageArgs & { status?: readonly ReferralStatus[] | null | undefined },
): Promise<Connection<InboxRow>> {
  const page = readPage(args, 'partner referrals');
  const rows = db.manager
    .createQueryBuilder(ReferralEntity, 'r')
    .where('r.agencyId = :agency and r.sentAt is not null', { agency: viewer.agencyId })
    .orderBy('r.sentAt', 'DESC')
    .addOrderBy('r.id', 'DESC')
    .limit(page.first + 1);
  if (status) rows.andWhere('r.status = any(:status)', { status });
  if (page.after) rows.andWhere('(r.sent_at, r.id) < (:at, :id)', { at: page.after[0], id: page.after[1] });
  const found = connection(await rows.getMany(), page, ({ sentAt, id }) => [sentAt ?? '', id]);
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: rowOf(node) })) };
}

function rowOf(referral: Referral): InboxRow {
  const { id, status, priority, sentAt, decideBy } = referral;
  return isTombstone(referral)
    ? { id, status, priority: null, receivedAt: null, decideBy: null }
    : { id, status, priority, receivedAt: sentAt, decideBy };
}
