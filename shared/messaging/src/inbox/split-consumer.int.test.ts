import { randomUUID } from 'node:crypto';
import { clientUpdated } from '@throughline/events';
import { createMetrics, silentLogger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import {
  messagingDatabase,
  messagingOf,
  oneTo,
  quickRetry,
  recordUpdates,
  versionsHeard,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { Inbox } from './inbox.ts';
import { kafkaTransport, listParked, on, type Consumer, type Messaging, type Transport } from '../index.ts';
import { createMeters } from '../meters.ts';

const topic = 'clients.v1';

/** Writes down the version it hears, or that number plus 100, and fails as long as the key is broken, for both or one. */
const broken = new Set<string>();
const writeDown = (plus = 0) =>
  on(clientUpdated, async (tx, { version }, { key }) => {
    if (broken.has(key) || broken.has(`${key} plus ${plus}`)) throw new Error('as the test wants');
    await tx.query('insert into effect (key, version) values ($1, $2)', [key, version + plus]);
  });

describeKafka('an upgrade from one consumer per service to one per concern', () => {
  let database: MessagingDatabase;
  let transport: Transport;
  let sender: Messaging;
  let started: Messaging | undefined;
  const [key, waitingKey, parkedKey, gapKey] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

  beforeAll(async () => {
    database = await messagingDatabase();
    const { brokers, topicPrefix } = await kafkaForTests({ topics: [topic] });
    transport = kafkaTransport({ brokers, topicPrefix, clientId: 'split', logger: silentLogger });
    sender = await messagingOf(database, transport, { service: 'sender' });
  });
  afterAll(async () => {
    await started?.close();
    await sender.close();
    await database.drop();
  });

  /** As the release before did it: one consumer, named like the service, for all reactions. */
  function startBefore(): Promise<Consumer> {
    const inbox = new Inbox(
      {
        ...{
          consumer: 'hearer',
          dataSource: database.dataSource,
          reactions: [writeDown()],
          retry: quickRetry,
        },
        logger: silentLogger,
        meters: createMeters(createMetrics('test'), { system: 'kafka' }).consumer('hearer'),
      },
      () => undefined,
    );
    const deliver = inbox.deliver.bind(inbox);
    return transport.subscribe({ consumer: 'hearer', topics: [topic], deliver }, silentLogger);
  }

  const startAfter = (): Promise<Messaging> =>
    messagingOf(database, transport, {
      service: 'hearer',
      reactions: { access: [writeDown()], view: [writeDown(100)] },
      retry: quickRetry,
    });
  /** As the retrier of the release before leaves the first fact of a key that it gives up. */
  async function park(of: string): Promise<void> {
    await database.dataSource.query(
      `update parked_message set state = 'PARKED', attempts = 3 where key = $1 and sequence = 1`,
      [of],
    );
    await database.dataSource.query('update inbox_key set retry_at = null where key = $1', [of]);
  }
  /** As if a fact before the kept ones had never arrived. */
  async function loseOne(of: string): Promise<void> {
    await database.dataSource.query(
      `update parked_message set sequence = sequence + 1, fact = jsonb_set(fact, '{sequence}', to_jsonb(sequence + 1))
       where key = $1`,
      [of],
    );
    await database.dataSource.query('update inbox_key set last_sequence = 0 where key = $1', [of]);
  }
  async function parkedNow(): Promise<string[]> {
    const facts = await listParked(database.dataSource, { states: ['PARKED'] });
    return facts.map((fact) => `${fact.consumer} ${fact.key}`).sort();
  }
  const recordFor = (of: string, versions: readonly number[]): Promise<void> =>
    database.dataSource.transaction((tx) => recordUpdates(tx, of, versions));
  const untilHeard = (of: string, versions: readonly number[]): Promise<unknown> =>
    eventually(async () =>
      expect((await versionsHeard(database, of)).sort((a, b) => a - b)).toEqual(versions),
    );

  it('waits for the old processes, handles nothing twice, and misses nothing', async () => {
    const before = await startBefore();
    for (const one of [waitingKey, parkedKey, gapKey]) {
      broken.add(one);
      await recordFor(one, [1, 2]);
    }
    await recordFor(key, oneTo(5));
    await untilHeard(key, oneTo(5));
    await eventually(async () => expect(await listParked(database.dataSource)).toHaveLength(6));
    await park(parkedKey);
    await park(gapKey);
    await loseOne(gapKey);

    const after = (started = await startAfter());
    await recordFor(key, [6, 7]);
    await untilHeard(key, oneTo(7));
    expect(after.health()).toMatchObject({ consumer: 'waits until the release before has ended' });

    // The old release never tries them again: its kept facts are handled by the new one.
    broken.clear();
    broken.add(`${parkedKey} plus 100`);
    await before.close();
    await recordFor(key, [8, 9]);
    await untilHeard(key, [...oneTo(9), 108, 109]);

    await untilHeard(waitingKey, [1, 2, 101, 102]);
    expect(after.health()).toMatchObject({ consumer: 'ok' });
    // What one concern cannot handle no longer holds the other one. A gap stays a gap: nobody has accepted the loss.
    await untilHeard(parkedKey, [1, 2]);
    await eventually(async () =>
      expect(await parkedNow()).toEqual(
        [`hearer.access ${gapKey}`, `hearer.view ${gapKey}`, `hearer.view ${parkedKey}`].sort(),
      ),
    );
    expect(await versionsHeard(database, gapKey)).toEqual([]);
  });

  it('happens once: a process that starts later goes on from the new positions', async () => {
    const second = await startAfter();
    await recordFor(key, [10]);
    await untilHeard(key, [...oneTo(10), 108, 109, 110]);
    await second.close();
  });

  it('knows each fact that the release before has handled, also when it is delivered again', async () => {
    const again = randomUUID();
    await recordFor(again, oneTo(3));
    await untilHeard(again, [...oneTo(3), ...oneTo(3).map((version) => version + 100)]);
    const rows: { consumer: string; facts: number }[] = await database.dataSource.query(
      `select i.consumer, count(*)::int as facts from inbox i join outbox o on o.id = i.fact_id
       where o.key = $1 group by 1 order by 1`,
      [key],
    );
    expect(rows).toEqual([
      { consumer: 'hearer.access', facts: 10 },
      // The facts that the release before handled count for every concern, also for one that comes later.
      { consumer: 'hearer.figures', facts: 7 },
      { consumer: 'hearer.view', facts: 10 },
      { consumer: 'hearer.work', facts: 7 },
    ]);
  });
});
