import type { Job } from '@throughline/messaging';
import { lockRow } from '@throughline/command';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { ClientEntity } from '../client/client.entity.ts';
import type { Client } from '../client/client.ts';
import { alikeKeys } from './fold.ts';
import { sortNameOf, termsOf, wordsOf } from './term.ts';

export const searchJob = 'client.search';

const WRITE = `
  with terms as (
    insert into client_search (client_id, sort_name, terms) values ($1, $2, $3)
    on conflict (client_id) do update set sort_name = excluded.sort_name, terms = excluded.terms
    where (client_search.sort_name, client_search.terms) is distinct from (excluded.sort_name, excluded.terms)
  ), former as (
    delete from client_word where client_id = $1 and word <> all($4::text[])
  ), words as (
    insert into client_word (client_id, word, sort_name) select $1, word, $2 from unnest($4::text[]) word
    on conflict (client_id, word) do update set sort_name = excluded.sort_name
    where client_word.sort_name <> excluded.sort_name
  )
  insert into name_word (word, alike)
  select word, alike from jsonb_to_recordset($5::jsonb) as known(word text, alike text[])
  on conflict do nothing`;

/** Writes under which terms a client is found. Belongs into the transaction that writes the client; one statement. */
export async function indexClient(tx: EntityManager, client: Client): Promise<void> {
  const words = wordsOf(client);
  const known = [...words].sort().map((word) => ({ word, alike: alikeKeys(word) }));
  await tx.query(WRITE, [client.id, sortNameOf(client), termsOf(client), words, JSON.stringify(known)]);
}

const payloadShape = z.object({ clientId: z.uuid() });

/** Writes the terms of a client who was registered before there were any. A second run writes the same. */
export const indexClientJob: Job = (payload, { dataSource }) =>
  dataSource.transaction(async (tx) => {
    const client = await lockRow(tx, ClientEntity, payloadShape.parse(payload).clientId);
    if (client) await indexClient(tx, client);
  });
