import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeKafka } from '@throughline/testing';
import { Kafka as KafkaClient, logLevel } from 'kafkajs';
import type { Kafka } from './kafka.ts';
import { startFromJars } from './from-jars.ts';
import { findJars } from './jars.ts';

const log = () => undefined;

async function send(broker: Kafka, value: string): Promise<void> {
  const producer = client(broker).producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  await producer.send({ topic: 'kept', acks: -1, messages: [{ value }] });
  await producer.disconnect();
}

async function received(broker: Kafka, count: number): Promise<string[]> {
  const consumer = client(broker).consumer({ groupId: 'reader', maxWaitTimeInMs: 50 });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: 'kept', fromBeginning: true });
  await new Promise<void>((enough, reject) => {
    const eachMessage = ({ message }: { message: { value: Buffer | null } }) => {
      values.push(String(message.value));
      if (values.length === count) enough();
      return Promise.resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return values;
}

function client(broker: Kafka): KafkaClient {
  return new KafkaClient({ brokers: broker.brokers, logLevel: logLevel.NOTHING });
}

// A run whose Kafka was given or in a container says nothing about Java on this machine.
const describeJars = process.env.TEST_KAFKA_HOW === 'jars' ? describeKafka : describe.skip;

describeJars('Kafka from the published jars', () => {
  it('keeps its messages over a stop and over a crash', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'throughline-kafka-test-'));
    const first = await startFromJars({ dataDir, log });
    const admin = client(first).admin();
    await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }] });
    await admin.disconnect();
    await send(first, 'before the stop');
    await first.stop();

    const second = await startFromJars({ dataDir, log });
    await send(second, 'before the crash');
    await second.kill();

    const third = await startFromJars({ dataDir, log });
    await expect(received(third, 2)).resolves.toEqual(['before the stop', 'before the crash']);
    await third.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('says what to do when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(startFromJars({ port, log })).rejects.toThrow(`Port ${port} is taken by another program`);
    other.close();
  });

  it('fetches the jars again when the cache is not what was fetched', async () => {
    const cacheDir = await mkdtemp(join(tmpdir(), 'throughline-jars-test-'));
    const broken = join(cacheDir, 'kafka-4.4.0');
    await mkdir(broken);
    await writeFile(join(broken, 'kafka_2.13-4.4.0.jar'), 'half');
    const said: string[] = [];

    const folder = await findJars(cacheDir, (line) => said.push(line));

    expect(said[0]).toContain('are not what was fetched');
    expect((await readdir(folder)).length).toBeGreaterThan(40);
    expect(await readdir(cacheDir)).toEqual(['kafka-4.4.0']);
    await rm(cacheDir, { recursive: true, force: true });
  });
});
