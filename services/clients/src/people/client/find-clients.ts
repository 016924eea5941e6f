import { connection, type Connection, type Page } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Client } from './client.ts';
import { reachOf } from './listed-reach.ts';

interface Found {
  id: string;
  sortName: string;
}

const SORT_NAME = 'lower(coalesce(c.name_to_use, c.legal_name))';

/** All clients that the viewer may know of, by the name to use. */
export async function listClients({ db, viewer, loaders }: Context, page: Page): Promise<Connection<Client>> {
  const found: Found[] = await db.query(statement(reachOf(viewer)), [
    viewer.id,
    page.after?.[0] ?? null,
    page.after?.[1] ?? null,
    page.first + 1,
  ]);
  const clients = await loaders.clientById.loadMany(found.map(({ id }) => id));
  const rows = clients.flatMap((client) => (client && !(client instanceof Error) ? [client] : []));
  const names = new Map(found.map(({ id, sortName }) => [id, sortName]));
  return connection(rows, page, ({ id }) => [names.get(id) ?? '', id]);
}

/** A page of each reach by an index of its own, and of these the first: one condition with "or" would read all clients. */
function statement(reach: readonly string[]): string {
  const pages = reach.map(
    (source) => `(
      select c.id, ${SORT_NAME} as "sortName" from ${source}
        and ($2::text is null or (${SORT_NAME}, c.id) > ($2, $3::uuid))
      order by ${SORT_NAME}, c.id limit $4::int)`,
  );
  const none = `select null::uuid as id, null::text as "sortName" where false`;
  // Every parameter is named once, so that its type is known where a reach has no need of it.
  return `
    with given as (select $1::uuid, $2::text, $3::uuid, $4::int)
    ${[none, ...pages].join(' union ')} order by "sortName", id limit $4::int`;
}
