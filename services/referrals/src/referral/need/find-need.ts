import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isUuid } from '@throughline/graphql';
import type { Need } from './need.ts';
import { NeedEntity } from './need.entity.ts';

const patience = { totalMs: 2_000, stepMs: 25 };

/**
 * A need that was recorded a moment ago may not have arrived yet, so this waits for it for at most two seconds.
 */
export async function awaitNeed(db: DataSource, id: string): Promise<Need | null> {
  if (!isUuid(id)) return null;
  const deadline = performance.now() + patience.totalMs;
  for (;;) {
    const need = await db.manager.findOneBy(NeedEntity, { id });
    if (need || performance.now() > deadline) return need;
    await pause(patience.stepMs);
  }
}
