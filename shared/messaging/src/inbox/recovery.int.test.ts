import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@throughline/runtime';
import {
  describeKafka,
  eventually,
  findKafka,
  findPostgres,
  freePort,
  type Kafka,
  type Postgres,
} from '@throughline/testing';
import {
  listener,
  messagingDatabase,
  messagingOf,
  oneTo,
  recordUpdates,
  versionsHeard,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { schedule } from '../jobs/job.ts';
import { kafkaTransport } from '../kafka/kafka-transport.ts';
import type { Messaging } from '../start.ts';

const quiet = (): void => undefined;

/** Its own broker and server, because the test stops them. */
describeKafka('under a restart of what it stands on', () => {
  let home: string;
  let kafka: Kafka;
  let postgres: Postgres;
  let startKafka: () => Promise<Kafka>;
  let startPostgres: () => Promise<Postgres>;
  let sender: MessagingDatabase;
  let hearer: MessagingDatabase;
  let running: Messaging[];
  const shared = process.env.TEST_POSTGRES_URL;
  const done: unknown[] = [];

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'throughline-recovery-'));
    const [kafkaPort, postgresPort] = [await freePort(), await freePort()];
    startKafka = () => mustBeKafka({ port: kafkaPort, dataDir: join(home, 'kafka') });
    startPostgres = () =>
      findPostgres({ port: postgresPort, dataDir: join(home, 'postgres'), variable: 'NO_SUCH', log: quiet });
    [kafka, postgres] = await Promise.all([startKafka(), startPostgres()]);

    process.env.TEST_POSTGRES_URL = postgres.url;
    [sender, hearer] = [await messagingDatabase(), await messagingDatabase()];
    const transport = kafkaTransport({ brokers: kafka.brokers, clientId: 'recovery', logger: silentLogger });
    const remind = (payload: unknown): Promise<void> => Promise.resolve(void done.push(payload));
    running = [
      await listener(hearer, transport, { service: 'hearer' }),
      await messagingOf(sender, transport, { service: 'sender', jobs: { timers: { remind } } }),
    ];
  });

  afterAll(async () => {
    if (shared) process.env.TEST_POSTGRES_URL = shared;
    await Promise.all(running.map((messaging) => messaging.close()));
    await Promise.all([sender.drop(), hearer.drop()]);
    await Promise.all([kafka.stop(), postgres.stop()]);
    await rm(home, { recursive: true, force: true });
  });

  const send = (key: string, versions: readonly number[]): Promise<void> =>
    sender.dataSource.transaction((tx) => recordUpdates(tx, key, versions));
  const hears = (key: string, last: number): Promise<unknown> =>
    eventually(async () => {
      expect(await versionsHeard(hearer, key)).toEqual(oneTo(last));
    });

  it('loses, repeats and reorders nothing when the broker crashes', async () => {
    const key = randomUUID();
    await send(key, [1, 2]);
    await hears(key, 2);
    await kafka.kill();
    await send(key, [3, 4]);
    // The port of a dying broker is in use a little longer.
    kafka = await eventually(startKafka);
    await send(key, [5]);
    await hears(key, 5);
  });

  it('goes on with facts and jobs when the database has restarted', async () => {
    const key = randomUUID();
    await send(key, [1]);
    await postgres.stop();
    await expect(send(key, [2])).rejects.toThrow();
    postgres = await eventually(startPostgres);
    await eventually(() => send(key, [2]));
    await hears(key, 2);

    await sender.dataSource.transaction((tx) => schedule(tx, 'remind', { key }));
    await eventually(() => {
      expect(done).toContainEqual({ key });
    });
  });
});

async function mustBeKafka(where: { port: number; dataDir: string }): Promise<Kafka> {
  const found = await findKafka({ ...where, variable: 'NO_SUCH', log: quiet });
  if (found.how === 'none') throw new Error(found.why);
  return found;
}
