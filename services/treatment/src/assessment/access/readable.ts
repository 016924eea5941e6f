import type { Context } from '../../context.ts';
import { clinicalAccess } from './clinical-access.ts';

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
