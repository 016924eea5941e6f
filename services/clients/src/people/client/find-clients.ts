import { careRoles } from '@throughline/care';
import {
  connection,
  hasRole,
  readPage,
  type Connection,
  type PageArgs,
  type Viewer,
} from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Client } from './client.ts';

interface Found {
  id: string;
  sortName: string;
}

const ASSIGNED = `client c join assignment a on a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null`;

/** Where the clients stand whom a viewer may know of. $6 is the viewer. */
const EVERYBODY = 'client c where true';
const OWN = `${ASSIGNED} where a.case_manager_id = $6`;
const TEAM = `${ASSIGNED} join case_manager m on m.id = a.case_manager_id where m.supervisor_id = $6`;
const QUEUE = 'client c where c.queued';
const REGISTERED = 'client c where c.registered_by = $6';

const SORT_NAME = 'lower(coalesce(c.name_to_use, c.legal_name))';
const SEARCH = 'c.case_number = upper($1) or c.legal_name ilike $2 or c.name_to_use ilike $2';

/** Clients that the viewer may know of, by the name to use. */
export async function findClients(
  { db, viewer, loaders }: Context,
  { search, ...args }: PageArgs & { search?: string | null | undefined },
): Promise<Connection<Client>> {
  const page = readPage(args, 'clients');
  const reach = reachOf(viewer);
  const wanted = search?.trim().slice(0, 200) ?? '';
  const found: Found[] = await db.query(statement(reach, wanted !== ''), [
    wanted,
    `%${wanted.replaceAll(/[\\%_]/g, '\\$&')}%`,
    page.after?.[0] ?? null,
    page.after?.[1] ?? null,
    page.first + 1,
    viewer.id,
  ]);
  const clients = await loaders.clientById.loadMany(found.map(({ id }) => id));
  const rows = clients.flatMap((client) => (client && !(client instanceof Error) ? [client] : []));
  const names = new Map(found.map(({ id, sortName }) => [id, sortName]));
  return connection(rows, page, ({ id }) => [names.get(id) ?? '', id]);
}

/** The rule of `mayKnow`, as SQL over many rows; an integration test compares the two. */
function reachOf(viewer: Viewer): string[] {
  if (hasRole(viewer, 'PRIVACY_OFFICER')) return [EVERYBODY];
  const reach = new Set<string>();
  if (hasRole(viewer, ...careRoles)) reach.add(OWN);
  if (hasRole(viewer, 'SUPERVISOR')) reach.add(TEAM).add(QUEUE);
  if (hasRole(viewer, 'INTAKE_WORKER')) reach.add(REGISTERED).add(QUEUE);
  return [...reach];
}

/** A page of each reach by an index of its own, and of these the first: one condition with "or" would read all clients. */
function statement(reach: readonly string[], isSearch: boolean): string {
  const pages = reach.map(
    (source) => `(
      select c.id, ${SORT_NAME} as "sortName" from ${source}
        ${isSearch ? `and (${SEARCH})` : ''}
        and ($3::text is null or (${SORT_NAME}, c.id) > ($3, $4::uuid))
      order by ${SORT_NAME}, c.id limit $5::int)`,
  );
  const none = `select null::uuid as id, null::text as "sortName" where false`;
  // Every parameter is named once, so that its type is known where a reach has no need of it.
  return `
    with given as (select $1::text, $2::text, $3::text, $4::uuid, $5::int, $6::uuid)
    ${[none, ...pages].join(' union ')} order by "sortName", id limit $5::int`;
}
