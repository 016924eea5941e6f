import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { record } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import type { Bench } from '../bench.ts';
import { runBareLoop } from './bare-loop.ts';
import { cause, factOf, newPrefix, openStore, start, transportOf, type Place, type Store } from './ground.ts';

const BACKLOG = 40_000;
const WARM_UP = 5_000;

export interface Drain {
  /** Facts per second from the first mark to the last. */
  relay: number;
  /** kafkajs alone, with the data and an id as messages. */
  bare: number;
  /** kafkajs alone, with the very messages that the relay sent. */
  bareSame: number;
  /** Our publisher with such messages, without a database in front. */
  memory: number;
}

export async function relayDrain(bench: Bench): Promise<Drain> {
  const store = await openStore('drain', bench);
  const place = { brokers: bench.brokers, topicPrefix: newPrefix() };
  await fill(store.dataSource, WARM_UP);
  await drained(store, place);
  await fill(store.dataSource, BACKLOG);
  const relay = await drained(store, place);
  await store.close();
  const memory = await sendFromMemory(place);
  const [bare, bareSame] = await runBareLoop({
    ...place,
    topic: `${place.topicPrefix}clients.v1`,
    count: BACKLOG,
  });
  return { relay, bare, bareSame, memory };
}

async function fill(dataSource: DataSource, count: number): Promise<void> {
  for (let done = 0; done < count; done += 500) {
    const facts = Array.from({ length: 500 }, () => factOf(randomUUID()));
    await dataSource.transaction((tx) => record(tx, cause, ...facts));
  }
}

/** Looks at the marks only: counting meanwhile would take the database from the relay. */
async function drained(store: Store, place: Place): Promise<number> {
  const { dataSource } = store;
  const messaging = await start(store, place, { reactions: {} });
  const from = new Date();
  const waiting = 'select 1 from outbox where sent_at is null limit 1';
  while ((await dataSource.query<unknown[]>(waiting)).length > 0) await pause(100);
  await messaging.close();
  const [row] = await dataSource.query<{ rate: number }[]>(
    `select (count(*) filter (where sent_at > first) / extract(epoch from max(sent_at) - min(first)))::float8 as rate
     from outbox, (select min(sent_at) as first from outbox where sent_at > $1) f where sent_at > $1`,
    [from],
  );
  return row?.rate ?? Number.NaN;
}

async function sendFromMemory(place: Place): Promise<number> {
  const publisher = await transportOf('memory', place).publisher('drain', silentLogger);
  const messages = Array.from({ length: BACKLOG }, () => ({
    ...factOf(randomUUID()),
    ...{ cause, sequence: 1, source: 'drain' },
  }));
  await publisher.send(messages.slice(0, WARM_UP));
  const started = performance.now();
  for (let sent = 0; sent < BACKLOG; sent += 500) await publisher.send(messages.slice(sent, sent + 500));
  const rate = BACKLOG / ((performance.now() - started) / 1000);
  await publisher.close();
  return rate;
}
