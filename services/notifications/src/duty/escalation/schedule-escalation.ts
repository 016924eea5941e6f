import { schedule, unschedule } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Escalation } from './escalation.ts';

export const escalationJob = 'notifications.escalate';

export const escalationPayload = z.object({ escalationId: z.uuid(), step: z.int().positive() });

/** Puts the next step into the queue of this transaction; it survives a restart and runs once. */
export async function scheduleEscalation(tx: EntityManager, { id, step, nextAt }: Escalation): Promise<void> {
  const payload: z.input<typeof escalationPayload> = { escalationId: id, step: step + 1 };
  await schedule(tx, escalationJob, payload, { runAt: nextAt, jobKey: keyOf(id) });
}

export async function stopEscalation(tx: EntityManager, escalationId: string): Promise<void> {
  await unschedule(tx, keyOf(escalationId));
}

function keyOf(escalationId: string): string {
  return `escalation:${escalationId}`;
}
