import { findCareTeams, mayReadClient } from '@throughline/care-team';
import { isUuid } from '@throughline/graphql';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { NeedEntity } from './need.entity.ts';

const patience = { totalMs: 2_000, stepMs: 25 };

/**
 * Whose need it is, or null. One that was recorded a moment ago may still be on the way, so one that the viewer may
 * not know is waited for, two seconds at most: whether unknown or somebody else's, the clock tells nothing.
 */
export async function awaitNeed({ db, viewer }: Context, needId: string): Promise<string | null> {
  if (!isUuid(needId)) return null;
  const deadline = performance.now() + patience.totalMs;
  for (;;) {
    const need = await db.manager.findOneBy(NeedEntity, { id: needId });
    const [team = null] = need ? await findCareTeams(db, [need.clientId]) : [];
    if (need && mayReadClient(viewer, team)) return need.clientId;
    if (performance.now() > deadline) return null;
    await pause(patience.stepMs);
  }
}
