import { randomUUID } from 'node:crypto';
import { clientRestrictionChanged, clientUpdated, type Fact } from '@throughline/events';
import { createMetrics, silentLogger } from '@throughline/runtime';
import type { EntityManager } from 'typeorm';
import {
  cause,
  messagingDatabase,
  quickRetry,
  updated,
  versionsHeard,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { Inbox } from './inbox.ts';
import { createMeters } from '../meters.ts';
import { on, onMany } from './reaction.ts';
import type { Message } from '../transport.ts';

let database: MessagingDatabase;
let inbox: Inbox;
let calls: number[][];
let fails: (versions: number[]) => boolean;

beforeAll(async () => {
  database = await messagingDatabase();
  const updates = onMany(clientUpdated, async (tx, facts) => {
    const versions = facts.map(({ data }) => data.version);
    calls.push(versions);
    for (const { data, received } of facts) await writeDown(tx, received.key, data.version);
    if (fails(versions)) throw new Error('as the test wants');
  });
  const restrictions = on(
    clientRestrictionChanged,
    (tx, _data, { key, sequence }) => writeDown(tx, key, sequence),
    {
      together: true,
    },
  );
  const options = {
    ...{ consumer: 'test', dataSource: database.dataSource, reactions: [updates, restrictions] },
    ...{ retry: quickRetry, logger: silentLogger },
    meters: createMeters(createMetrics('test'), { system: 'in_process' }).consumer('test'),
  };
  inbox = new Inbox(options, () => undefined);
});
beforeEach(() => {
  calls = [];
  fails = () => false;
});
afterAll(() => database.drop());

async function writeDown(tx: EntityManager, key: string, version: number): Promise<void> {
  await tx.query('insert into effect (key, version) values ($1, $2)', [key, version]);
}

function message(fact: Fact, sequence: number): Message {
  return { ...fact, sequence, source: 'test', cause };
}

function restricted(key: string, sequence: number): Message {
  return message(
    clientRestrictionChanged.of(key, new Date(), { clientId: key, restrictAll: true }),
    sequence,
  );
}

describe('a reaction that takes several facts', () => {
  it('gets those that come together at once, and one that comes alone', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await inbox.deliverTogether([
      message(updated(one, 1), 1),
      message(updated(two, 7), 1),
      message(updated(one, 2), 2),
    ]);
    await inbox.deliver(message(updated(one, 3), 3));
    expect(calls).toEqual([[1, 7, 2], [3]]);
    expect(await versionsHeard(database, one)).toEqual([1, 2, 3]);
  });

  it('does not get what was handled before', async () => {
    const key = randomUUID();
    const [first, second] = [message(updated(key, 1), 1), message(updated(key, 2), 2)];
    await inbox.deliver(first);
    await inbox.deliverTogether([first, second]);
    expect(calls).toEqual([[1], [2]]);
    expect(await versionsHeard(database, key)).toEqual([1, 2]);
  });

  it('keeps the order of a key whose facts other reactions hear too', async () => {
    const key = randomUUID();
    const facts = [message(updated(key, 1), 1), restricted(key, 2), message(updated(key, 3), 3)];
    await inbox.deliverTogether(facts);
    expect(calls).toEqual([[1], [3]]);
    expect(await versionsHeard(database, key)).toEqual([1, 2, 3]);
  });

  it('gets each alone when it fails for several, so that only the one that fails is kept', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    fails = (versions) => versions.includes(9);
    await inbox.deliverTogether([
      message(updated(one, 1), 1),
      message(updated(two, 9), 1),
      message(updated(one, 2), 2),
    ]);
    expect(calls).toEqual([[1, 9, 2], [1], [9], [2]]);
    expect(await versionsHeard(database, one)).toEqual([1, 2]);
    expect(await versionsHeard(database, two)).toEqual([]);
  });
});
