import type { EntityManager } from 'typeorm';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import type { Escalation } from './escalation.ts';
import { stopEscalation } from './schedule-escalation.ts';

/** Everybody who was told sees that it was acknowledged, and nobody else is told. The caller writes the escalation. */
export async function acknowledgeAll(
  tx: EntityManager,
  escalationId: string,
  done: Pick<Escalation, 'acknowledgedAt' | 'acknowledgedBy'>,
): Promise<void> {
  await tx.update(NotificationEntity, { escalationId }, done);
  await stopEscalation(tx, escalationId);
}
