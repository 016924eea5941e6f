import { setTimeout as pause } from 'node:timers/promises';
import type { Viewer } from '@throughline/graphql';
import { In, type DataSource, type EntityManager } from 'typeorm';
import { mayReadClient, type CareTeam } from './care-team.ts';
import { CareTeamEntity } from './care-team.entity.ts';

/** In the order of the ids, null where the service has not heard of the client: ready for a DataLoader. */
export async function findCareTeams(
  db: DataSource | EntityManager,
  clientIds: readonly string[],
): Promise<(CareTeam | null)[]> {
  const manager = 'manager' in db ? db.manager : db;
  const rows = await manager.findBy(CareTeamEntity, { clientId: In(clientIds) });
  const byId = new Map(rows.map((row) => [row.clientId, row]));
  return clientIds.map((id) => byId.get(id) ?? null);
}

const patience = { totalMs: 2_000, stepMs: 25 };

/**
 * For commands: a client who was registered a moment ago may still be on the way here, so one whom the viewer may
 * not read is waited for, two seconds at most. An unknown client and somebody else's take the same time, so that
 * the clock tells nothing. Call it before the transaction, so that none is held open meanwhile.
 */
export async function awaitCareTeam(
  db: DataSource,
  viewer: Viewer,
  clientId: string,
): Promise<CareTeam | null> {
  const deadline = performance.now() + patience.totalMs;
  for (;;) {
    const [team = null] = await findCareTeams(db, [clientId]);
    if (mayReadClient(viewer, team) || performance.now() > deadline) return team;
    await pause(patience.stepMs);
  }
}
