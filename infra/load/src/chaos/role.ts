import { clientUpdated, safetyFlagRaised } from '@throughline/events';
import {
  messagingEntities,
  on,
  startMessaging,
  type Publisher,
  type Transport,
} from '@throughline/messaging';
import { createLogger, createMetrics, type Registry } from '@throughline/runtime';
import { DataSource } from 'typeorm';
import type { Order, Part, Tally } from './part.ts';
import { transportOf } from './transport-of.ts';
import { noteEffect } from './truth.ts';
import { Writer } from './writer.ts';
import { hearWithoutInbox } from './wrong/consumer-without-inbox.ts';
import { relayWithoutLeader } from './wrong/leaderless-relay.ts';
import { relayByCursor } from './wrong/naive-cursor-relay.ts';
import { hearAndCommit } from './wrong/offsets-in-handler.ts';

const REPORT_EVERY_MS = 200;

/** One process of a chaos run. It ends with the process that started it. */
const part = JSON.parse(process.argv[2] ?? '') as Part;
const tally: Tally = { sent: 0, suppressed: 0 };
const metrics = createMetrics(part.role);
const logger = createLogger({ service: part.role, level: 'warn' });
// Two programs that the contract of a restricted fact names.
const hears = part.role === 'consumer' ? 'notifications' : 'treatment';
const databaseUrl = part.role === 'consumer' ? part.hearerUrl : part.senderUrl;

process.on('disconnect', () => process.exit(0));
setInterval(() => void report(), REPORT_EVERY_MS);

const dataSource = await new DataSource({
  type: 'postgres',
  url: databaseUrl,
  poolSize: 10,
  connectTimeoutMS: 5000,
  entities: messagingEntities,
}).initialize();
const transport = countingSent(transportOf(part, part.topicPrefix, logger));
const writer = new Writer(dataSource, part);
// There is one order only.
process.on('message', (_order: Order) => {
  writer.stop();
});

if (part.role === 'relay') await relay();
if (part.role === 'consumer' || part.role === 'service') await hear();
if (part.rate > 0 && (part.role === 'writer' || part.role === 'service')) writer.start();

async function relay(): Promise<void> {
  const { wrong } = part;
  if (wrong !== 'naive-cursor' && wrong !== 'no-leader') return start('relay', false);
  const publisher = await transport.publisher('relay', logger);
  await (wrong === 'no-leader' ? relayWithoutLeader : relayByCursor)(dataSource, publisher);
}

async function hear(): Promise<void> {
  if (part.wrong === 'no-inbox') await hearWithoutInbox(dataSource, transport, hears);
  else if (part.wrong === 'offsets-in-handler') await hearAndCommit(dataSource, part, hears);
  else await start(hears, true);
}

/** As the services do it. A relay alone has a name of its own, or it would retry facts for those who react to them. */
async function start(service: string, reacts: boolean): Promise<void> {
  // One of the two hears in both ways.
  const together = part.role === 'consumer';
  const heard = on(clientUpdated, (tx, _data, { id }) => noteEffect(tx, id), { together });
  const restricted = on(safetyFlagRaised, (tx, _data, { id }) => noteEffect(tx, id), { together });
  const reactions = reacts ? { work: [heard, restricted] } : {};
  await startMessaging({ service, dataSource, databaseUrl, transport, reactions, logger, metrics });
}

function countingSent(inner: Transport): Transport {
  const counted = (publisher: Publisher): Publisher => ({
    close: () => publisher.close(),
    send: async (messages) => {
      await publisher.send(messages);
      tally.sent += messages.length;
    },
  });
  return {
    subscribe: (subscription, log) => inner.subscribe(subscription, log),
    publisher: async (source, log) => counted(await inner.publisher(source, log)),
  };
}

async function report(): Promise<void> {
  tally.suppressed = await duplicatesIn(metrics);
  if (process.connected) process.send?.(tally);
}

/** Whatever the counter is called: the one whose label says "duplicate". */
async function duplicatesIn(registry: Registry): Promise<number> {
  const all = await registry.getMetricsAsJSON();
  return all
    .flatMap(({ values }) => values as { labels: Record<string, unknown>; value: number }[])
    .filter(({ labels }) => Object.values(labels).includes('duplicate'))
    .reduce((sum, { value }) => sum + value, 0);
}
