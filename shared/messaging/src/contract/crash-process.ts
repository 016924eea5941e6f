import { createRequire } from 'node:module';
import { silentLogger } from '@throughline/runtime';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { kafkaTransport, messagingEntities, type Publisher, type Transport } from '../index.ts';
import type { CrashPart, CrashPoint } from './crash-point.ts';
import { listener, messagingOf, recordUpdates, type MessagingDatabase } from './test-services.ts';

/** The shortest that a broker allows by default. */
const SESSION_TIMEOUT_MS = 6000;

/** Sends and receives in one process, and kills itself at the given step. Run by `crash-points.int.test.ts`. */
const part = JSON.parse(process.argv[2] ?? '') as CrashPart;
let handled = false;

process.on('disconnect', () => process.exit(0));
dieAfterMark();
dieAroundOffsetCommit();

const [sender, hearer] = await Promise.all([open(part.senderUrl), open(part.hearerUrl)]);
const transport = dying(
  kafkaTransport({
    brokers: part.brokers,
    topicPrefix: part.topicPrefix,
    clientId: 'crash',
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
    logger: silentLogger,
  }),
);
const afterEffect = (): boolean => {
  dieAt('before-inbox-commit');
  return false;
};
if (part.hears) await listener(hearer, transport, { service: 'hearer', behaviour: { fails: afterEffect } });
await messagingOf(sender, transport, { service: 'sender' });
await sender.dataSource.transaction(async (tx) => {
  await recordUpdates(tx, part.key, part.versions);
  dieAt('before-commit');
});

/** Sends SIGKILL to itself: nothing runs after it, and no buffer is flushed. */
function dieAt(point: CrashPoint): void {
  if (part.point === point) process.kill(process.pid, 'SIGKILL');
}

async function open(url: string): Promise<MessagingDatabase> {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: messagingEntities,
  }).initialize();
  return { dataSource, appUrl: url, ownerUrl: url, drop: () => dataSource.destroy() };
}

function dying(inner: Transport): Transport {
  return {
    publisher: async (source, logger) => dyingPublisher(await inner.publisher(source, logger)),
    subscribe: (subscription, logger) => {
      const deliver: typeof subscription.deliver = async (message) => {
        dieAt('before-effect');
        await subscription.deliver(message);
        handled = true;
        dieAt('after-inbox-commit');
      };
      return inner.subscribe({ ...subscription, deliver }, logger);
    },
  };
}

function dyingPublisher(inner: Publisher): Publisher {
  return {
    close: () => inner.close(),
    send: async (messages) => {
      dieAt('before-send');
      await inner.send(messages);
      dieAt('before-mark');
    },
  };
}

interface Patchable<Name extends string> {
  prototype: Record<Name, (this: unknown, ...given: unknown[]) => Promise<unknown>>;
}

/** The relay has a session of its own, so its statements are visible at the client only. */
function dieAfterMark(): void {
  const { prototype } = pg.Client as unknown as Patchable<'query'>;
  const original = prototype.query;
  prototype.query = function query(...given) {
    const answer = original.apply(this, given);
    const [text] = given;
    const marks = typeof text === 'string' && text.startsWith('update outbox set sent_at');
    if (marks)
      void answer.then(() => {
        dieAt('after-mark');
      });
    return answer;
  };
}

/** kafkajs commits offsets by itself; only the request shows it. */
function dieAroundOffsetCommit(): void {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/broker/index.js') as Patchable<'offsetCommit'>;
  const original = prototype.offsetCommit;
  prototype.offsetCommit = async function offsetCommit(...given) {
    if (handled) dieAt('before-offset-commit');
    const answer = await original.apply(this, given);
    if (handled) dieAt('after-offset-commit');
    return answer;
  };
}
