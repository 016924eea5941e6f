import { invalidTransition, notFound, type InvalidTransition, type NotFound } from '@throughline/graphql';
import { once, record, type IdempotencyConflict } from '@throughline/messaging';
import { IsNull, LessThanOrEqual, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import { EscalationEntity } from '../../duty/escalation/escalation.entity.ts';
import { stopEscalation } from '../../duty/escalation/schedule-escalation.ts';
import { NotificationEntity } from './notification.entity.ts';
import { readNotification } from './notification.queries.ts';
import { acknowledgedFact, stateOf, type Notification } from './notification.ts';

interface AcknowledgeInput {
  id: string;
  idempotencyKey?: string | null | undefined;
}

/** A person has the alert: nobody else need be told. */
export async function acknowledgeNotification(
  context: Context,
  input: AcknowledgeInput,
): Promise<Notification | NotFound | InvalidTransition | IdempotencyConflict> {
  const { db, viewer, now, loaders } = context;
  const found = await readNotification(input.id, context);
  if (!found) return notFound('Notification');
  const { escalationId } = found;
  if (!escalationId) return invalidTransition(stateOf(found, now()), 'acknowledgeNotification', ['markRead']);

  const attempt = { viewerId: viewer.id, command: 'acknowledgeNotification', key: input.idempotencyKey };
  const result = await db.transaction((tx) =>
    once(
      tx,
      { ...attempt, input: { id: found.id } },
      () => acknowledge(tx, context, { ...found, escalationId }),
      (id) => tx.findOneByOrFail(NotificationEntity, { id }),
    ),
  );
  // Whatever the request read before, the answer must show what the command made of it.
  loaders.escalationById.clear(escalationId);
  return result;
}

/** The lock decides between two clicks, and between a click and the timer; only the first changes anything. */
async function acknowledge(
  tx: EntityManager,
  { viewer, now, cause }: Context,
  { id, escalationId }: Notification & { escalationId: string },
): Promise<Notification> {
  const escalation = await tx.findOneOrFail(EscalationEntity, {
    where: { id: escalationId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!escalation.acknowledgedAt) {
    const done = { acknowledgedAt: now(), acknowledgedBy: viewer.id };
    await tx.update(EscalationEntity, { id: escalationId }, done);
    await tx.update(NotificationEntity, { escalationId }, done);
    await stopEscalation(tx, escalationId);
  }
  const notification = await tx.findOneByOrFail(NotificationEntity, { id });
  if (!escalation.acknowledgedAt) await record(tx, cause, acknowledgedFact(notification, now()));
  return notification;
}

/** Seen, not acknowledged. Only the recipient's own eyes count. */
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

/** Everything in the viewer's own inbox that was written until then. */
export async function markAllRead(
  { db, viewer, now }: Context,
  until: Date | null | undefined,
): Promise<{ count: number }> {
  if (viewer.graph !== 'STAFF') return { count: 0 };
  const unread = { recipientId: viewer.id, readAt: IsNull(), createdAt: LessThanOrEqual(until ?? now()) };
  const { affected } = await db.manager.update(NotificationEntity, unread, { readAt: now() });
  return { count: affected ?? 0 };
}
