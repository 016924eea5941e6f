import { command } from '@throughline/command';
import { IsNull, LessThanOrEqual } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  MarkAllReadInput,
  MarkNotificationReadInput,
  SnoozeNotificationInput,
} from '../../generated/graphql.ts';
import { NotificationEntity } from './notification.entity.ts';
import { snooze, snoozeFaults, type Notification } from './notification.ts';

/** Marks as read, not as acknowledged. Only the recipient can do that. */
export const markNotificationRead = (context: Context, input: MarkNotificationReadInput) =>
  command(
    context,
    {
      ...{ name: 'markNotificationRead', input, clientOf: () => null },
      lock: [NotificationEntity, input.id],
      may: (_care, { recipientId }: Notification) => recipientId === context.viewer.id,
    },
    (notification, { now }) => ({ update: { ...notification, readAt: notification.readAt ?? now } }),
  );

/** Signals again at a later time. An alert that must be acknowledged is not put off. */
export const snoozeNotification = (context: Context, input: SnoozeNotificationInput) =>
  command(
    context,
    {
      ...{ name: 'snoozeNotification', input, clientOf: () => null },
      lock: [NotificationEntity, input.id],
      may: (_care, { recipientId }: Notification) => recipientId === context.viewer.id,
      check: (now) => snoozeFaults(input.until, now),
    },
    (notification) => snooze(notification, input.until),
  );

/** Everything in the inbox of the viewer that was written until then, and has counted nothing later. */
export const markAllRead = (context: Context, { until }: MarkAllReadInput) =>
  command(context, { name: 'markAllRead', input: {} }, async (_none, { tx, now, viewer }) => {
    const createdAt = LessThanOrEqual(until ?? now);
    const mine = { recipientId: viewer.id, readAt: IsNull(), createdAt };
    const unread = [null, createdAt].map((latest) => ({ ...mine, latestAt: latest ?? IsNull() }));
    const { affected } = await tx
      .createQueryBuilder()
      .update(NotificationEntity)
      .set({ readAt: now })
      .where(unread)
      .execute();
    return { answer: { count: affected ?? 0 } };
  });
