import { connection, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import { Brackets, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import type { Context } from '../../context.ts';
import { NotificationEntity } from './notification.entity.ts';
import { mayRead, type Notification, type NotificationCode, type NotificationState } from './notification.ts';

/** The notification when the viewer may know of it, otherwise null, as if it did not exist. */
export async function readNotification(
  id: string,
  { viewer, loaders }: Pick<Context, 'viewer' | 'loaders'>,
): Promise<Notification | null> {
  const notification = await loaders.notificationById.load(id);
  if (!notification) return null;
  return mayRead(viewer, notification, loaders.toldWith(notification)) ? notification : null;
}

export interface InboxArgs extends PageArgs {
  state?: readonly NotificationState[] | null | undefined;
  codes?: readonly NotificationCode[] | null | undefined;
}

/** The viewer's own inbox, newest first, in one statement. */
export async function findInbox(
  { db, viewer, now }: Pick<Context, 'db' | 'viewer' | 'now'>,
  { state, codes, ...paging }: InboxArgs,
): Promise<Connection<Notification>> {
  const page = readPage(paging, 'notifications');
  const query = db.manager
    .createQueryBuilder(NotificationEntity, 'n')
    .where('n.recipientId = :recipientId', { recipientId: viewer.id })
    .orderBy('n.createdAt', 'DESC')
    .addOrderBy('n.id', 'DESC')
    .take(page.first + 1);
  if (codes) query.andWhere('n.code = any(:codes)', { codes });
  if (state) whereState(query, state, now());
  if (page.after) {
    const [at, id] = page.after;
    query.andWhere('(n.createdAt, n.id) < (:at::timestamptz, :id::uuid)', { at, id });
  }
  return connection(await query.getMany(), page, ({ createdAt, id }) => [createdAt, id]);
}

/** The same rule as `stateOf`, in SQL; an integration test compares the two. */
const sqlOf: Record<NotificationState, string> = {
  ACKNOWLEDGED: 'n.acknowledgedAt is not null',
  READ: 'n.acknowledgedAt is null and n.readAt is not null',
  QUEUED: 'n.acknowledgedAt is null and n.readAt is null and n.deliverAt > :now',
  DELIVERED: 'n.acknowledgedAt is null and n.readAt is null and n.deliverAt <= :now',
};

function whereState<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  states: readonly NotificationState[],
  now: Date,
): void {
  const anyOf = new Brackets((either) => {
    either.where('false');
    for (const state of states) either.orWhere(`(${sqlOf[state]})`);
  });
  query.andWhere(anyOf, { now });
}
