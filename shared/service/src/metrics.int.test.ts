import { randomUUID } from 'node:crypto';
import { clientUpdated, type Cause } from '@throughline/events';
import {
  announce,
  kafkaTransport,
  on,
  record,
  schedule,
  type Message,
  type Transport,
} from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import {
  describeKafka,
  eventually,
  kafkaForTests,
  testDatabase,
  type TestDatabase,
} from '@throughline/testing';
import { configOf, release, schema } from './a-service.ts';
import { startService, type RunningService } from './start-service.ts';

const cause: Cause = { actor: { kind: 'SYSTEM', id: 'test' }, correlationId: 'test' };
describeKafka('the metrics of a running service', () => {
  let database: TestDatabase;
  let service: RunningService;
  let transport: Transport;
  const sent: Message[] = [];
  const state = { blocked: false, gate: Promise.resolve<unknown>(undefined) };
  const poison = randomUUID();

  beforeAll(async () => {
    database = await testDatabase('probes', { migrate: release.migrate });
    const { brokers, topicPrefix } = await kafkaForTests({ partitions: 1 });
    transport = kafkaTransport({ brokers, topicPrefix, clientId: 'probes', logger: silentLogger });
    service = await startProbes();
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  function startProbes(): Promise<RunningService> {
    const heard = on(clientUpdated, async (_tx, _data, { key }) => {
      await state.gate;
      if (key === poison) throw new TypeError('as the test wants');
    });
    const assemble = () => ({
      schema,
      reactions: { work: [heard] },
      jobs: { timers: { rest: () => Promise.resolve() } },
      createContext: () => ({}),
    });
    return startService(
      {
        name: 'probes',
        standing: null,
        config: configOf(database),
        createDataSource: release.createDataSource,
        assemble,
      },
      { transport: blockable(transport), logger: silentLogger },
    );
  }

  /** Like Kafka, but the test can make sends fail. */
  function blockable(inner: Transport): Transport {
    return {
      ...inner,
      publisher: async (source, logger) => {
        const publisher = await inner.publisher(source, logger);
        return {
          close: () => publisher.close(),
          send: async (messages) => {
            if (state.blocked) throw new RangeError('as the test wants');
            await publisher.send(messages);
            sent.push(...messages);
          },
        };
      },
    };
  }

  const recordOf = (key: string, versions: number[]): Promise<void> =>
    service.dataSource.transaction((tx) =>
      record(
        tx,
        cause,
        ...versions.map((version) =>
          clientUpdated.of(key, new Date(), { clientId: key, changedFields: ['language'], version }),
        ),
      ),
    );

  /** The value of one sample; undefined when there is none. Labels may be given in part; without error_type, of no error. */
  async function value(name: string, labels: Record<string, string> = {}): Promise<number | undefined> {
    const text = await (await fetch(new URL('/metrics', service.url))).text();
    const line = text
      .split('\n')
      .filter((one) => one.startsWith(`${name}{`))
      .filter((one) => 'error_type' in labels || !one.includes('error_type='))
      .find((one) => Object.entries(labels).every(([label, is]) => one.includes(`${label}="${is}"`)));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  }

  const topic = { messaging_system: 'kafka', messaging_destination_name: 'clients.v1' };
  const consumed = (outcome: string) =>
    value('messaging_client_consumed_messages_total', { ...topic, outcome });

  it('count what is sent, handled, and delivered again', async () => {
    await recordOf(randomUUID(), [1, 2, 3]);
    await eventually(async () => expect(await consumed('handled')).toBe(3));
    expect(await value('messaging_client_sent_messages_total', topic)).toBe(3);
    expect(await value('messaging_process_duration_seconds_count', topic)).toBe(3);
    expect(await value('fact_lag_seconds_count')).toBe(3);
    expect(await value('relay_lead_changes_total')).toBeGreaterThanOrEqual(1);

    await announce(transport, 'probes', cause, ...sent.slice(0, 2));
    await eventually(async () => expect(await consumed('duplicate')).toBe(2));
    expect(await value('messaging_process_duration_seconds_count', topic)).toBe(3);
  });

  it('say how far behind the consumer is, until it has caught up', async () => {
    const gate = Promise.withResolvers<undefined>();
    state.gate = gate.promise;
    const lag = () => value('messaging_consumer_lag', { ...topic, messaging_destination_partition_id: '0' });
    const before = sent.length;
    await recordOf(randomUUID(), [1, 2, 3, 4]);
    await eventually(async () => expect(await lag()).toBe(4));
    gate.resolve(undefined);
    await eventually(async () => expect(await lag()).toBe(0));
    expect(sent.length - before).toBe(4);
  });

  it('say how many facts wait to be sent, since when, and why', async () => {
    state.blocked = true;
    await recordOf(randomUUID(), [1, 2]);
    await eventually(async () => {
      expect(await value('outbox_unsent')).toBe(2);
      expect(await value('outbox_oldest_unsent_seconds')).toBeGreaterThan(0.2);
      expect(
        await value('messaging_client_sent_messages_total', { error_type: 'RangeError' }),
      ).toBeGreaterThan(0);
    });
    state.blocked = false;
    await eventually(async () => expect(await value('outbox_unsent')).toBe(0));
    expect(await value('outbox_oldest_unsent_seconds')).toBe(0);
    expect(await value('relay_lead_changes_total')).toBeGreaterThan(1);
  });

  it('count what fails, by class only, and what is kept', async () => {
    await recordOf(poison, [1, 2]);
    await eventually(async () => expect(await consumed('failed')).toBe(1));
    await eventually(async () => expect(await consumed('held')).toBe(1));
    expect(
      await value('messaging_process_duration_seconds_count', { error_type: 'TypeError' }),
    ).toBeGreaterThan(0);
    expect(await value('inbox_kept', { state: 'HELD' })).toBe(1);
    expect(await value('inbox_kept', { state: 'WAITING' })).toBe(1);
  });

  it('say how late timers are', async () => {
    const due = new Date(Date.now() - 20_000);
    await service.dataSource.transaction((tx) => schedule(tx, 'rest', {}, { runAt: due }));
    await eventually(async () =>
      expect(await value('timer_lateness_seconds_count', { job: 'rest' })).toBe(1),
    );
    expect(await value('timer_lateness_seconds_sum', { job: 'rest' })).toBeGreaterThanOrEqual(20);
    expect(await value('timer_lateness_seconds_bucket', { job: 'rest', le: '15' })).toBe(0);
    expect(await value('timer_oldest_due_seconds')).toBe(0);
    expect(await value('timer_lateness_seconds_count', { job: 'messaging.heartbeat' })).toBeGreaterThan(0);
  });

  it('have no samples of the database once it has gone', async () => {
    await database.drop({ patienceMs: 0 });
    await eventually(async () => expect(await value('outbox_unsent')).toBeUndefined());
    expect(await value('relay_lead_changes_total')).toBeGreaterThan(0);
  });
});
