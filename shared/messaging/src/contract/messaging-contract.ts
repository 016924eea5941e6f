import { randomUUID } from 'node:crypto';
import { eventually } from '@throughline/testing';
import type { EntityManager } from 'typeorm';
import type { Messaging, Transport } from '../index.ts';
import { decideParked, listParked } from '../index.ts';
import {
  listener,
  messagingOf,
  oneTo,
  recordUpdates,
  messagingDatabase,
  versionsHeard,
  type Behaviour,
  type MessagingDatabase,
} from './test-services.ts';

/** Promises of every transport; the test file of each transport runs them. */
export function messagingContract(createTransport: () => Transport | Promise<Transport>): void {
  let sender: MessagingDatabase;
  let hearer: MessagingDatabase;
  let transport: Transport;
  let running: Messaging[];
  const behaviour: Behaviour = { fails: () => false };

  beforeAll(async () => {
    [sender, hearer] = await Promise.all([messagingDatabase(), messagingDatabase()]);
    transport = await createTransport();
    running = [
      await listener(hearer, transport, { service: 'hearer', behaviour }),
      await messagingOf(sender, transport, { service: 'sender' }),
    ];
  });

  afterAll(async () => {
    await Promise.all(running.map((messaging) => messaging.close()));
    await Promise.all([sender.drop(), hearer.drop()]);
  });

  const send = (key: string, versions: readonly number[]): Promise<void> =>
    sender.dataSource.transaction((tx) => recordUpdates(tx, key, versions));
  const hears = (key: string, versions: readonly number[]): Promise<void> =>
    eventually(async () => {
      expect(await versionsHeard(hearer, key)).toEqual(versions);
    });

  it('brings every fact once, in the order of its key', async () => {
    const keys = Array.from({ length: 20 }, () => randomUUID());
    for (const version of oneTo(15)) await Promise.all(keys.map((key) => send(key, [version])));
    for (const key of keys) await hears(key, oneTo(15));
  });

  it('brings the facts of one transaction in their order', async () => {
    const key = randomUUID();
    await send(key, oneTo(40));
    await hears(key, oneTo(40));
  });

  it('says nothing of a transaction that was rolled back', async () => {
    const key = randomUUID();
    const rolledBack = sender.dataSource.transaction(async (tx) => {
      await recordUpdates(tx, key, [1]);
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    await send(key, [2]);
    await hears(key, [2]);
  });

  it('follows the order of commits when twelve writers share a key', async () => {
    const key = randomUUID();
    const places = new Map<number, number>();
    const write = (version: number): Promise<void> =>
      sender.dataSource.transaction(async (tx) => {
        await recordUpdates(tx, key, [version]);
        // While this transaction holds the key, it sees what committed before, and its own changes.
        places.set(await countFacts(tx, key), version);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
      });
    await Promise.all(
      oneTo(12).map(async (writer) => {
        for (const turn of oneTo(10)) await write(writer * 100 + turn);
      }),
    );
    expect([...places.keys()]).toEqual(oneTo(120));
    await hears(key, [...places.values()]);
  });

  it('tries a fact that fails again, and lets other keys go on meanwhile', async () => {
    const [poisoned, other] = [randomUUID(), randomUUID()];
    behaviour.fails = ({ key }) => key === poisoned;
    await send(poisoned, [1, 2, 3]);
    await send(other, [1, 2]);
    await hears(other, [1, 2]);
    await eventually(async () => {
      expect(await statesOf(hearer, poisoned)).toEqual(['PARKED', 'HELD', 'HELD']);
    });
    expect(await versionsHeard(hearer, poisoned)).toEqual([]);

    const [parked] = (await listParked(hearer.dataSource)).filter(({ key }) => key === poisoned);
    expect(parked).toMatchObject({ type: 'ClientUpdated', attempts: 3, sequence: 1 });
    expect(parked?.errors).toHaveLength(3);

    behaviour.fails = () => false;
    const again = { decision: 'RETRY', reason: 'the fault is corrected', by: 'engineer-1' } as const;
    expect(await decideParked(hearer.dataSource, parked?.id ?? '', again)).toBe('DONE');
    await send(poisoned, [4]);
    await hears(poisoned, [1, 2, 3, 4]);
    expect(await statesOf(hearer, poisoned)).toEqual([]);
  });

  it('goes on behind a fact that a person gave up, and remembers who', async () => {
    const key = randomUUID();
    behaviour.fails = (fact) => fact.key === key && fact.version === 1;
    await send(key, [1, 2]);
    await eventually(async () => {
      expect(await statesOf(hearer, key)).toEqual(['PARKED', 'HELD']);
    });
    const [parked] = (await listParked(hearer.dataSource)).filter((message) => message.key === key);
    const drop = { decision: 'DROP', reason: 'sent by mistake', by: 'engineer-1' } as const;
    const id = parked?.id ?? '';
    expect(await decideParked(hearer.dataSource, id, drop)).toBe('DONE');
    expect(await decideParked(hearer.dataSource, id, { ...drop, by: 'engineer-2' })).toBe('NOT_PARKED');
    await hears(key, [2]);

    const [dropped] = await listParked(hearer.dataSource, { states: ['DROPPED'] });
    expect(dropped).toMatchObject({ key, decisions: [drop] });
  });

  it('suppresses what is sent a second time', async () => {
    const key = randomUUID();
    await send(key, oneTo(5));
    await hears(key, oneTo(5));
    await sendAgain(sender, key);
    await send(key, [6]);
    await hears(key, oneTo(6));
  });

  it('goes on where it stopped when the listener starts again', async () => {
    const key = randomUUID();
    await send(key, [1]);
    await hears(key, [1]);
    await running[0]?.close();
    await send(key, [2, 3]);
    running[0] = await listener(hearer, transport, { service: 'hearer', behaviour });
    await send(key, [4]);
    await hears(key, [1, 2, 3, 4]);
  });

  it('goes on with another relay when the leading one is cut off', async () => {
    const key = randomUUID();
    const second = await messagingOf(sender, transport, { service: 'sender' });
    running.push(second);
    for (const version of oneTo(30)) {
      await send(key, [version]);
      if (version % 10 === 0) await cutOffRelays(sender);
    }
    await hears(key, oneTo(30));
  });

  it('is well in all its parts', async () => {
    await eventually(() => {
      for (const messaging of running)
        expect(messaging.health()).toEqual({ consumer: 'ok', relay: 'ok', jobs: 'ok' });
    });
  });
}

async function countFacts(tx: EntityManager, key: string): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(
    'select count(*)::int as count from outbox where key = $1',
    [key],
  );
  return row?.count ?? 0;
}

async function statesOf({ dataSource }: MessagingDatabase, key: string): Promise<string[]> {
  const parked = await listParked(dataSource, { first: 1000 });
  return parked.filter((message) => message.key === key).map(({ state }) => state);
}

/** Like a relay that was killed after it had sent and before it could mark the facts. */
async function sendAgain({ dataSource }: MessagingDatabase, key: string): Promise<void> {
  await dataSource.query(`update outbox set sent_at = null where key = $1`, [key]);
}

async function cutOffRelays({ dataSource }: MessagingDatabase): Promise<void> {
  await dataSource.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'sender relay'`,
  );
}
