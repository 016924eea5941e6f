import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { clientUpdated } from '@throughline/events';
import { on, onMany, type Message, type Reaction } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import type { Bench } from '../bench.ts';
import {
  cause,
  factOf,
  keepThing,
  newPrefix,
  openStore,
  start,
  transportOf,
  type Place,
  type Store,
} from './ground.ts';

const FACTS = 20_000;
const FACTS_PER_KEY = 5;
const WARM_UP = 1_000;

export interface Rates {
  /** A transaction for each fact. */
  alone: number;
  /** One for up to 50, a statement for each fact. */
  together: number;
  /** One for up to 50, and one statement for all of them. */
  atOnce: number;
}

/** Facts handled per second by one process that finds them waiting. */
export async function consumerRate(bench: Bench): Promise<Rates> {
  const place = { brokers: bench.brokers, topicPrefix: newPrefix() };
  await publish(place);
  const reaction = (together: boolean): Reaction =>
    on(clientUpdated, (tx, { clientId, version }) => keepThing(tx, clientId, version), { together });
  return {
    alone: await rateOf(await openStore('alone', bench), place, reaction(false)),
    together: await rateOf(await openStore('together', bench), place, reaction(true)),
    atOnce: await rateOf(await openStore('at_once', bench), place, keepAtOnce),
  };
}

const keepAtOnce = onMany(clientUpdated, async (tx, facts) => {
  await tx.query(
    `insert into thing select id, max(version), now() from unnest($1::uuid[], $2::int[]) f (id, version) group by id
     on conflict (id) do update set version = excluded.version, at = excluded.at`,
    [facts.map(({ data }) => data.clientId), facts.map(({ data }) => data.version)],
  );
});

async function publish(place: Place): Promise<void> {
  const publisher = await transportOf('publisher', place).publisher('sender', silentLogger);
  const keys = Array.from({ length: FACTS / FACTS_PER_KEY }, () => randomUUID());
  for (let version = 1; version <= FACTS_PER_KEY; version += 1) {
    const messages = keys.map((key): Message => ({
      ...factOf(key, version),
      cause,
      sequence: version,
      source: 'sender',
    }));
    await publisher.send(messages);
  }
  await publisher.close();
}

/** By the inbox itself: `received_at` is when the transaction began that handled the fact. */
async function rateOf(store: Store, place: Place, reaction: Reaction): Promise<number> {
  const { dataSource } = store;
  const messaging = await start(store, place, { reactions: { work: [reaction] } });
  let handled = 0;
  while (handled < FACTS) {
    await pause(100);
    const [row] = await dataSource.query<{ n: number }[]>('select count(*)::int as n from inbox');
    handled = row?.n ?? 0;
  }
  const [row] = await dataSource.query<{ seconds: number }[]>(
    `select extract(epoch from max(received_at) - min(received_at))::float8 as seconds
     from (select received_at from inbox order by received_at offset $1) i`,
    [WARM_UP],
  );
  await messaging.close();
  await store.close();
  return (FACTS - WARM_UP) / (row?.seconds ?? Number.NaN);
}
