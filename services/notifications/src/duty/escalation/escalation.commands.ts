import { invalidTransition, notFound, type InvalidTransition, type NotFound } from '@throughline/graphql';
import { once, record, type IdempotencyConflict } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import { readNotification } from '../../inbox/notification/notification.queries.ts';
import { acknowledgedFact, stateOf, type Notification } from '../../inbox/notification/notification.ts';
import { EscalationEntity } from './escalation.entity.ts';
import { stopEscalation } from './schedule-escalation.ts';

interface AcknowledgeInput {
  id: string;
  idempotencyKey?: string | null | undefined;
}

/** A person acknowledged the alert: nobody else need be told. */
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
  // The answer must show the state after the command, also when the request read the state before.
  loaders.escalationById.clear(escalationId);
  return result;
}

/**
 * The lock decides between two acknowledgements, and between an acknowledgement and the timer; only the first
 * changes anything.
 */
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
