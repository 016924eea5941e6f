import type { Context } from '../../context.ts';
import { mayReadClient, mayReadPart, type Part } from './client.access.ts';
import type { Client } from './client.ts';

/** The client, if the viewer may know of it; else null, as if there were none. */
export async function readClient({ loaders, viewer }: Context, id: string): Promise<Client | null> {
  const client = await loaders.clientById.load(id);
  return client && mayReadClient(viewer, await loaders.careByClient.load(client.id)) ? client : null;
}

/** The row, if the viewer may read that part of its client's record; else null. */
export async function readable<Row extends { clientId: string }>(
  context: Context,
  row: Row | null,
  part: Part,
): Promise<Row | null> {
  return row && (await mayRead(context, row.clientId, part)) ? row : null;
}

export async function mayRead({ loaders, viewer }: Context, clientId: string, part: Part): Promise<boolean> {
  return mayReadPart(viewer, await loaders.careByClient.load(clientId), part);
}
