import { notFound, type NotFound } from '@throughline/graphql';
import { IsNull, LessThanOrEqual } from 'typeorm';
import type { Context } from '../../context.ts';
import { NotificationEntity } from './notification.entity.ts';
import type { Notification } from './notification.ts';

/** Marks as read, not as acknowledged. Only the recipient can do that. */
export async function markNotificationRead(
  { db, viewer, now, loaders }: Context,
  id: string,
): Promise<Notification | NotFound> {
  const found = await loaders.notificationById.load(id);
  if (viewer.graph !== 'STAFF' || found?.recipientId !== viewer.id) return notFound('Notification');

  return db.transaction(async (tx) => {
    await tx.update(NotificationEntity, { id: found.id, readAt: IsNull() }, { readAt: now() });
    return tx.findOneByOrFail(NotificationEntity, { id: found.id });
  });
}

/** Everything in the inbox of the viewer that was written until then. */
export async function markAllRead(
  { db, viewer, now }: Context,
  until: Date | null | undefined,
): Promise<{ count: number }> {
  if (viewer.graph !== 'STAFF') return { count: 0 };
  const unread = { recipientId: viewer.id, readAt: IsNull(), createdAt: LessThanOrEqual(until ?? now()) };
  const { affected } = await db.manager.update(NotificationEntity, unread, { readAt: now() });
  return { count: affected ?? 0 };
}
