import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { clientUpdated, uuidV7, type Cause, type Fact } from '@throughline/events';
import {
  kafkaTransport,
  messagingEntities,
  messagingMigrations,
  on,
  record,
  startMessaging,
  type Messaging,
  type Transport,
} from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import kafkajs from 'kafkajs';
import { DataSource, type EntitySchema } from 'typeorm';
import { openBench, perSecond, print, quantile, type Bench } from './bench.ts';

/** What the outbox costs a transaction, how fast the relay drains, how soon a fact is handled. Ratios of one run. */
const rounds = 3;
const writes = 3_000;
const backlog = 40_000;
const cause: Cause = { actor: { kind: 'SYSTEM', id: 'load' }, correlationId: randomUUID() };

const bench = await openBench();
try {
  const cost = await outboxCost(bench);
  const drain = await relayDrain(bench);
  const soon = await handledAfter(bench);
  print([
    [
      'transactions with outbox / without',
      `${cost.ratio.toFixed(2)} (${cost.with.toFixed(0)} / ${cost.without.toFixed(0)} per s)`,
    ],
    [
      'relay drain / bare kafkajs send loop',
      `${(drain.relay / drain.bare).toFixed(2)} (${drain.relay.toFixed(0)} / ${drain.bare.toFixed(0)} facts per s)`,
    ],
    [
      'relay drain / the same messages from memory',
      `${(drain.relay / drain.same).toFixed(2)} (${drain.relay.toFixed(0)} / ${drain.same.toFixed(0)} facts per s)`,
    ],
    ['commit to handled at 200 facts/s', `p50 ${soon.p50.toFixed(1)} ms, p99 ${soon.p99.toFixed(1)} ms`],
  ]);
} finally {
  await bench.close();
}

async function open(
  service: string,
  { database }: Bench,
): Promise<{ dataSource: DataSource; appUrl: string }> {
  const { ownerUrl, appUrl } = await database(service);
  const owner = await new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: messagingMigrations,
  }).initialize();
  await owner.runMigrations();
  await owner.query(
    'create table thing (id uuid primary key, version int not null, at timestamptz not null)',
  );
  await owner.query(`grant select, insert, update on thing to ${service}_app`);
  await owner.destroy();
  const entities = [...messagingEntities] as EntitySchema[];
  return {
    appUrl,
    dataSource: await new DataSource({ type: 'postgres', url: appUrl, poolSize: 10, entities }).initialize(),
  };
}

function factOf(id: string, now = new Date()): Fact {
  return clientUpdated.of(id, now, { clientId: id, changedFields: ['pronouns'], version: 1 });
}

async function outboxCost(open_: Bench) {
  const { dataSource } = await open('cost', open_);
  const write = (withOutbox: boolean) => () =>
    dataSource.transaction(async (tx) => {
      const id = uuidV7(new Date());
      await tx.query('insert into thing values ($1, 1, now())', [id]);
      if (withOutbox) await record(tx, cause, factOf(id));
    });
  await perSecond(500, 8, write(true));
  const figures: { with: number; without: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    figures.push({
      without: await perSecond(writes, 8, write(false)),
      with: await perSecond(writes, 8, write(true)),
    });
  }
  await dataSource.destroy();
  const [plain, outbox] = [quantile(figures.map((f) => f.without)), quantile(figures.map((f) => f.with))];
  return { ratio: outbox / plain, with: outbox, without: plain };
}

async function relayDrain(open_: Bench) {
  const { dataSource, appUrl } = await open('drain', open_);
  const topicPrefix = `b${randomBytes(4).toString('hex')}.`;
  const transport = kafkaTransport({
    brokers: open_.brokers,
    clientId: 'drain',
    topicPrefix,
    logger: silentLogger,
  });
  const relay = () =>
    startMessaging({
      service: 'drain',
      dataSource,
      databaseUrl: appUrl,
      transport,
      reactions: [],
      logger: silentLogger,
    });
  await fill(dataSource, 5_000);
  await (await drained(dataSource, relay)).close();
  await fill(dataSource, backlog);

  let left = backlog;
  let began = 0;
  let firstSeen = 0;
  const messaging = await relay();
  // Connecting is not draining: the clock starts when the first facts are marked as sent.
  while (left > 0) {
    left = await unsent(dataSource);
    if (began === 0 && left < backlog) [began, firstSeen] = [performance.now(), left];
    await pause(15);
  }
  const rate = firstSeen / ((performance.now() - began) / 1000);
  await messaging.close();
  await dataSource.destroy();
  return {
    relay: rate,
    bare: await bareSendLoop(open_.brokers, `${topicPrefix}clients.v1`),
    same: await sendFromMemory(transport),
  };
}

async function fill(dataSource: DataSource, count: number): Promise<void> {
  for (let done = 0; done < count; done += 500) {
    await dataSource.transaction((tx) =>
      record(tx, cause, ...Array.from({ length: 500 }, () => factOf(randomUUID()))),
    );
  }
}

async function drained(dataSource: DataSource, relay: () => Promise<Messaging>): Promise<Messaging> {
  const messaging = await relay();
  while ((await unsent(dataSource)) > 0) await pause(15);
  return messaging;
}

/** What the relay sends, by the same client, without a database in front. */
async function sendFromMemory(transport: Transport): Promise<number> {
  const publisher = await transport.publisher('drain', silentLogger);
  const facts = Array.from({ length: backlog }, (_, n) => ({
    ...factOf(randomUUID()),
    ...{ cause, sequence: n + 1, source: 'drain' },
  }));
  const started = performance.now();
  for (let sent = 0; sent < backlog; sent += 500) await publisher.send(facts.slice(sent, sent + 500));
  const rate = backlog / ((performance.now() - started) / 1000);
  await publisher.close();
  return rate;
}

async function unsent(dataSource: DataSource): Promise<number> {
  const [row] = await dataSource.query<{ n: string }[]>(
    'select count(*) n from outbox where sent_at is null',
  );
  return Number(row?.n);
}

/** The same facts, batch size and guarantees, without a database in front. */
async function bareSendLoop(brokers: string[], topic: string): Promise<number> {
  const kafka = new kafkajs.Kafka({ brokers, clientId: 'bare', logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const facts = Array.from({ length: backlog }, () => factOf(randomUUID()));
  const started = performance.now();
  for (let sent = 0; sent < backlog; sent += 500) {
    const messages = facts
      .slice(sent, sent + 500)
      .map(({ key, data, id }) => ({ key, value: JSON.stringify(data), headers: { ce_id: id } }));
    await producer.send({ topic, acks: -1, messages });
  }
  const rate = backlog / ((performance.now() - started) / 1000);
  await producer.disconnect();
  return rate;
}

async function handledAfter(open_: Bench) {
  const sender = await open('sender', open_);
  const hearer = await open('hearer', open_);
  const topicPrefix = `b${randomBytes(4).toString('hex')}.`;
  const committed = new Map<string, number>();
  const delays: number[] = [];
  const heard = on(clientUpdated, (_tx, { clientId }) => {
    const at = committed.get(clientId);
    if (at !== undefined) delays.push(performance.now() - at);
    return Promise.resolve();
  });
  const parts = (service: string) => ({
    service,
    logger: silentLogger,
    transport: kafkaTransport({
      brokers: open_.brokers,
      clientId: service,
      topicPrefix,
      logger: silentLogger,
    }),
  });
  const hearing = await startMessaging({
    ...parts('hearer'),
    dataSource: hearer.dataSource,
    databaseUrl: hearer.appUrl,
    reactions: [heard],
  });
  const sending = await startMessaging({
    ...parts('sender'),
    dataSource: sender.dataSource,
    databaseUrl: sender.appUrl,
    reactions: [],
  });
  await pause(4_000);
  for (let n = 0; n < 2_000; n += 1) {
    const id = randomUUID();
    void sender.dataSource.transaction(async (tx) => {
      await record(tx, cause, factOf(id));
      committed.set(id, performance.now());
    });
    await pause(5);
  }
  await pause(2_000);
  await sending.close();
  await hearing.close();
  await Promise.all([sender.dataSource.destroy(), hearer.dataSource.destroy()]);
  return { p50: quantile(delays), p99: quantile(delays, 0.99) };
}
