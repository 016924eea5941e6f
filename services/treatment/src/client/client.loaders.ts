import { findCareTeams, type CareTeam } from '@throughline/care-team';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { isUuid } from '../batch.ts';
import type { Context } from '../context.ts';
import { clinicalAccess } from './access.ts';

export function clientLoaders(db: DataSource) {
  return {
    careTeam: new DataLoader<string, CareTeam | null>(async (ids) => {
      const known = ids.filter(isUuid).map((id) => id.toLowerCase());
      const teams = known.length > 0 ? await findCareTeams(db, known) : [];
      const byClient = new Map(teams.map((team) => [team?.clientId, team]));
      return ids.map((id) => byClient.get(id.toLowerCase()) ?? null);
    }),
  };
}

/** The row, if the viewer may read its client's record; else null, as if there were none. */
export async function readable<Row extends { clientId: string }>(
  { loaders, viewer }: Context,
  row: Row | null | undefined,
): Promise<Row | null> {
  if (!row) return null;
  return clinicalAccess(viewer, await loaders.careTeam.load(row.clientId)) === 'OK' ? row : null;
}

/** Whether the viewer may read this client's record. */
export async function mayRead({ loaders, viewer }: Context, clientId: string): Promise<boolean> {
  return clinicalAccess(viewer, await loaders.careTeam.load(clientId)) === 'OK';
}
