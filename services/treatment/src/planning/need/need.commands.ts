import { mayKnow } from '@throughline/care';
import { isUuid } from '@throughline/graphql';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { NeedEntity } from './need.entity.ts';

const patience = { totalMs: 2_000, stepMs: 25 };

/**
 * Whose need it is, or null. One that was recorded a moment ago may still be on the way, so one that the viewer may
 * not know is waited for, two seconds at most: whether unknown or somebody else's, the clock tells nothing.
 */
export async function awaitNeed({ db, viewer, care }: Context, needId: string): Promise<string | null> {
  if (!isUuid(needId)) return null;
  const deadline = performance.now() + patience.totalMs;
  for (;;) {
    const need = await db.manager.findOneBy(NeedEntity, { id: needId });
    const found = need ? ((await care.careIn(db.manager, [need.clientId])).get(need.clientId) ?? null) : null;
    if (need && mayKnow(viewer, found)) return need.clientId;
    if (performance.now() > deadline) return null;
    await pause(patience.stepMs);
  }
}
