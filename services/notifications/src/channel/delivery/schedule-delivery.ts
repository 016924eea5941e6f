import { schedule, unschedule } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { leadsToRoom, routesOf, type MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { Notification } from '../../inbox/notification/notification.ts';
import { DeliveryEntity } from './delivery.entity.ts';
import { queueDelivery, type Delivery } from './delivery.ts';

/** First tries. */
export const DELIVER = 'notifications.deliver';
/** What has failed before: a class of its own, so that a channel that hangs fills no slot of the others. */
export const DELIVER_AGAIN = 'notifications.deliver-again';

/** Puts the next step of a delivery into the queue; a later one of the same delivery replaces it. */
export async function scheduleDelivery(
  tx: EntityManager,
  { id, tries }: Pick<Delivery, 'id' | 'tries'>,
  runAt?: Date,
): Promise<void> {
  const job = tries > 0 ? DELIVER_AGAIN : DELIVER;
  await schedule(tx, job, { deliveryId: id }, { jobKey: keyOf(id), ...(runAt && { runAt }) });
}

export async function stopDelivery(tx: EntityManager, id: string): Promise<void> {
  await unschedule(tx, keyOf(id));
}

/**
 * Queues what leaves the application for new notifications, in the transaction that writes them: one delivery for each way
 * of the code, and one for a room however many people are told. A channel that the program has not set up is left out.
 */
export async function queueDeliveries(
  tx: EntityManager,
  channels: ReadonlySet<MessageChannel>,
  notifications: readonly Notification[],
): Promise<void> {
  const alerts = Map.groupBy(notifications, ({ code, factId, step }) => `${code} ${factId} ${String(step)}`);
  const firsts = new Set([...alerts.values()].map(([first]) => first));
  const wanted = notifications.flatMap((one) =>
    routesOf(one.code).flatMap((route) => {
      const open = route.filter((channel) => channels.has(channel));
      const isTold = open.length > 0 && (!leadsToRoom(open) || firsts.has(one));
      return isTold ? [deliveryOf(one, open)] : [];
    }),
  );
  if (wanted.length === 0) return;
  await tx.insert(DeliveryEntity, wanted);
  for (const delivery of wanted) {
    const { nextAttemptAt, createdAt } = delivery;
    await scheduleDelivery(tx, delivery, nextAttemptAt > createdAt ? nextAttemptAt : undefined);
  }
}

function deliveryOf(
  { id: notificationId, recipientId, code, deliverAt, createdAt }: Notification,
  route: MessageChannel[],
): Delivery {
  const to = { notificationId, recipientType: 'STAFF' as const, recipientId, code, route };
  return queueDelivery(to, leadsToRoom(route) ? createdAt : deliverAt, createdAt);
}

function keyOf(deliveryId: string): string {
  return `delivery:${deliveryId}`;
}
