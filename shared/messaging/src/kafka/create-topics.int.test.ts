import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createLogger, silentLogger, type Logger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests, type TestKafka } from '@throughline/testing';
import kafkajs, { type Admin } from 'kafkajs';
import { keepDays } from './keep-days.ts';
import { kafkaTransport } from './kafka-transport.ts';

const MS_PER_DAY = 86_400_000;
const loggerInto = (lines: string[]): Logger =>
  createLogger({ service: 'clients', destination: { write: (line) => void lines.push(line) } });

describeKafka('a topic of a service', () => {
  let admin: Admin;
  let brokers: string[];
  beforeAll(async () => {
    brokers = (await kafkaForTests({ topics: [] })).brokers;
    admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
  });
  afterAll(() => admin.disconnect());

  async function start({ topicPrefix }: Pick<TestKafka, 'topicPrefix'>, logger: Logger): Promise<void> {
    const settings = { partitions: 24, retentionDays: 3 };
    const transport = kafkaTransport({ brokers, topicPrefix, ...settings, clientId: 'topics', logger });
    await (await transport.publisher('clients', logger)).close();
  }
  async function settingsOf(topic: string): Promise<Record<string, string>> {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
    });
    return Object.fromEntries(
      resources.flatMap(({ configEntries }) => configEntries.map((one) => [one.configName, one.configValue])),
    );
  }
  /** A broker shows a changed setting a moment later. */
  const settled = (topic: string, settings: Record<string, string>): Promise<void> =>
    eventually(async () => expect(await settingsOf(topic)).toMatchObject(settings));

  it('that is missing is created with the partitions and the days that are set', async () => {
    const { topicPrefix } = await kafkaForTests({ topics: [] });
    await start({ topicPrefix }, silentLogger);
    const topic = `${topicPrefix}clients.v1`;
    const { topics } = await eventually(() => admin.fetchTopicMetadata({ topics: [topic] }));
    expect(topics[0]?.partitions).toHaveLength(24);
    await settled(topic, { 'retention.ms': String(3 * MS_PER_DAY) });
  });

  it('that exists comes to the days that are set, and keeps its partitions and other settings', async () => {
    const { topicPrefix } = await kafkaForTests();
    const topic = `${topicPrefix}clients.v1`;
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name: topic,
          configEntries: [{ name: 'segment.bytes', value: '2097152' }],
        },
      ],
    });
    await settled(topic, { 'segment.bytes': '2097152' });
    const lines: string[] = [];
    const logger = loggerInto(lines);
    await start({ topicPrefix }, logger);
    await settled(topic, { 'retention.ms': String(3 * MS_PER_DAY), 'segment.bytes': '2097152' });
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    expect(topics[0]?.partitions).toHaveLength(3);
    // The topics of other services belong to them.
    expect(await settingsOf(`${topicPrefix}treatment.v1`)).not.toMatchObject({
      'retention.ms': String(3 * MS_PER_DAY),
    });

    const told = lines.length;
    expect(told).toBe(1);
    await start({ topicPrefix }, logger);
    expect(lines).toHaveLength(told);
  });

  it('keeps its old days when the broker does not answer, and one line says so', async () => {
    const sockets = new Set<Socket>();
    const mute = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const kafka = new kafkajs.Kafka({
      brokers: [`127.0.0.1:${String(port)}`],
      logLevel: kafkajs.logLevel.NOTHING,
      retry: { retries: 0 },
    });
    const lines: string[] = [];
    const logger = loggerInto(lines);
    const broker = { kafka, topicPrefix: '', partitions: 1, retentionDays: 3, sessionTimeoutMs: 6000 };
    await keepDays(broker, { service: 'clients', logger, patienceMs: 100 });
    expect(lines).toHaveLength(1);
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
});
