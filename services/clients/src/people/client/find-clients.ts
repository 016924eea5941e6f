import { careRoles } from '@throughline/care';
import { connection, hasRole, readPage, type Connection, type PageArgs } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Client } from './client.ts';

interface Found {
  id: string;
  sortName: string;
}

/** The rule of `mayKnow` as SQL over many rows; an integration test compares the two. */
const FIND = `
  select c.id, lower(coalesce(c.name_to_use, c.legal_name)) as "sortName"
  from client c
  left join assignment a on a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null
  left join case_manager m on m.id = a.case_manager_id
  where (
      ($1 and a.case_manager_id = $2::uuid)
      or ($3 and (m.supervisor_id = $2::uuid or a.case_manager_id is null))
      or ($4 and (c.registered_by = $2::uuid or a.case_manager_id is null))
      or $5
    )
    and ($6::text is null or c.case_number = upper($6) or c.legal_name ilike $7 or c.name_to_use ilike $7)
    and ($8::text is null or (lower(coalesce(c.name_to_use, c.legal_name)), c.id) > ($8, $9::uuid))
  order by lower(coalesce(c.name_to_use, c.legal_name)), c.id
  limit $10`;

/** Clients that the viewer may know of, by the name to use. */
export async function findClients(
  { db, viewer, loaders }: Context,
  { search, ...args }: PageArgs & { search?: string | null | undefined },
): Promise<Connection<Client>> {
  const page = readPage(args, 'clients');

  const wanted = search?.trim().slice(0, 200) ?? '';
  const found: Found[] = await db.query(FIND, [
    hasRole(viewer, ...careRoles),
    viewer.id,
    hasRole(viewer, 'SUPERVISOR'),
    hasRole(viewer, 'INTAKE_WORKER'),
    hasRole(viewer, 'PRIVACY_OFFICER'),
    wanted || null,
    `%${wanted.replaceAll(/[\\%_]/g, '\\$&')}%`,
    page.after?.[0] ?? null,
    page.after?.[1] ?? null,
    page.first + 1,
  ]);
  const clients = await loaders.clientById.loadMany(found.map(({ id }) => id));
  const rows = clients.flatMap((client) => (client && !(client instanceof Error) ? [client] : []));
  const names = new Map(found.map(({ id, sortName }) => [id, sortName]));
  return connection(rows, page, ({ id }) => [names.get(id) ?? '', id]);
}
