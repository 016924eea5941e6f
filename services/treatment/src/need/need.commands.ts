import { isUuid } from '@throughline/graphql';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { NeedEntity } from './need.entity.ts';

const patience = { totalMs: 2_000, stepMs: 25 };

/** Whose need it is, or null. One that was recorded a moment ago is waited for, two seconds at most. */
export async function awaitNeed(db: DataSource, needId: string): Promise<string | null> {
  if (!isUuid(needId)) return null;
  const deadline = performance.now() + patience.totalMs;
  for (;;) {
    const need = await db.manager.findOneBy(NeedEntity, { id: needId });
    if (need) return need.clientId;
    if (performance.now() > deadline) return null;
    await pause(patience.stepMs);
  }
}
