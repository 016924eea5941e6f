import { randomUUID } from 'node:crypto';
import { eventually } from '@throughline/testing';
import { clientUpdated } from '@throughline/events';
import { createMetrics, silentLogger } from '@throughline/runtime';
import {
  cause,
  oneTo,
  quickRetry,
  messagingDatabase,
  updated,
  versionsHeard,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { Inbox, type InboxOptions } from './inbox.ts';
import { createMeters } from '../meters.ts';
import { decideParked, listParked } from './parked.ts';
import { on } from './reaction.ts';
import { receiveAll } from './receive.ts';
import { Retrier } from './retrier.ts';
import type { Message } from '../transport.ts';

let database: MessagingDatabase;
let inbox: Inbox;
let retrier: Retrier;
let fails: (key: string, version: number) => boolean = () => false;

beforeAll(async () => {
  database = await messagingDatabase();
  const writeDown = on(
    clientUpdated,
    async (tx, { version }, { key }) => {
      await tx.query('insert into effect (key, version) values ($1, $2)', [key, version]);
      if (fails(key, version)) throw new Error('as the test wants');
    },
    { together: true },
  );
  const options: InboxOptions = {
    consumer: 'test',
    dataSource: database.dataSource,
    reactions: [writeDown],
    retry: quickRetry,
    logger: silentLogger,
    meters: createMeters(createMetrics('test'), { system: 'in_process' }).consumer('test'),
  };
  retrier = new Retrier(options);
  inbox = new Inbox(options, () => {
    retrier.nudge();
  });
  retrier.start();
});
afterAll(async () => {
  await retrier.close();
  await database.drop();
});

function message(key: string, sequence: number): Message {
  return { ...updated(key, sequence), sequence, source: 'test', cause };
}

const hears = (key: string, versions: number[]): Promise<void> =>
  eventually(async () => {
    expect(await versionsHeard(database, key)).toEqual(versions);
  });

describe('the inbox', () => {
  it('handles a fact once when it is delivered five times at once', async () => {
    const key = randomUUID();
    const fact = message(key, 1);
    await Promise.all(oneTo(5).map(() => inbox.deliver(fact)));
    expect(await versionsHeard(database, key)).toEqual([1]);
  });

  it('ignores facts nobody asked for and fields it does not know', async () => {
    const key = randomUUID();
    await inbox.deliver({ ...message(key, 1), type: 'NotYetInvented' });
    const fact = message(key, 2);
    await inbox.deliver({ ...fact, data: { ...(fact.data as object), addedLater: 'x' } });
    expect(await versionsHeard(database, key)).toEqual([2]);
  });

  it('begins with whatever fact of a key it meets first', async () => {
    const key = randomUUID();
    await inbox.deliver(message(key, 17));
    expect(await versionsHeard(database, key)).toEqual([17]);
  });

  it('waits for a fact that is missing and heals when it comes late', async () => {
    const key = randomUUID();
    await inbox.deliver(message(key, 1));
    await inbox.deliver(message(key, 3));
    await inbox.deliver(message(key, 4));
    expect(await versionsHeard(database, key)).toEqual([1]);
    await inbox.deliver(message(key, 2));
    await hears(key, [1, 2, 3, 4]);
  });

  it('parks the fact after a gap that stays; a person may insist', async () => {
    const key = randomUUID();
    await inbox.deliver(message(key, 1));
    await inbox.deliver(message(key, 3));
    await eventually(async () => {
      const parked = (await listParked(database.dataSource, { states: ['PARKED'] })).find(
        (fact) => fact.key === key,
      );
      expect(parked?.errors.at(-1)?.name).toBe('SequenceGap');
      const insist = { decision: 'RETRY', reason: 'it will not come', by: 'operator' } as const;
      expect(await decideParked(database.dataSource, parked?.id ?? '', insist)).toBe('DONE');
    });
    await hears(key, [1, 3]);
    await inbox.deliver(message(key, 4));
    await hears(key, [1, 3, 4]);
  });

  it('rejects when the database is gone, so that the fact is delivered again', async () => {
    const key = randomUUID();
    const fact = message(key, 1);
    await database.dataSource.destroy();
    await expect(inbox.deliver(fact)).rejects.toThrow();
    await database.dataSource.initialize();
    await inbox.deliver(fact);
    expect(await versionsHeard(database, key)).toEqual([1]);
  });
});

describe('facts delivered together', () => {
  const states = async (key: string): Promise<string[]> =>
    (await listParked(database.dataSource)).filter((kept) => kept.key === key).map(({ state }) => state);

  it('are handled in the order of their keys, each once, however often they come', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const facts = [message(one, 1), message(two, 1), message(one, 2), message(two, 2), message(one, 3)];
    await Promise.all(oneTo(3).map(() => inbox.deliverTogether(facts)));
    await inbox.deliverTogether([message(one, 4), ...facts]);
    expect(await versionsHeard(database, one)).toEqual([1, 2, 3, 4]);
    expect(await versionsHeard(database, two)).toEqual([1, 2]);
  });

  it('wait for none of their number that fails, and only that one is kept', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    fails = (key, version) => key === one && version === 2;
    await inbox.deliverTogether([message(one, 1), message(one, 2), message(one, 3), message(two, 1)]);
    expect(await versionsHeard(database, one)).toEqual([1]);
    expect(await versionsHeard(database, two)).toEqual([1]);
    await eventually(async () => {
      expect(await states(one)).toEqual(['PARKED', 'HELD']);
    });
    expect(await states(two)).toEqual([]);
    fails = () => false;
  });

  it('keep those after a gap, and heal when the missing one comes among others', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await inbox.deliverTogether([message(one, 1), message(one, 3), message(two, 1)]);
    expect(await versionsHeard(database, one)).toEqual([1]);
    await inbox.deliverTogether([message(one, 2), message(two, 2)]);
    await hears(one, [1, 2, 3]);
    await hears(two, [1, 2]);
  });

  it('have their keys locked in one order, so that two deliveries never wait for each other', async () => {
    const facts = oneTo(50).map(() => message(randomUUID(), 1));
    const received = (list: readonly Message[]): Promise<string[]> =>
      database.dataSource.transaction((tx) => receiveAll(tx, 'test', list));
    const both = await Promise.all([received(facts), received(facts.toReversed())]);
    expect(both.map((receptions) => new Set(receptions).size)).toEqual([1, 1]);
    expect(both.flat().filter((reception) => reception === 'NEW')).toHaveLength(50);
  });
});
