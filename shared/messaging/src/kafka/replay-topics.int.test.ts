import { randomUUID } from 'node:crypto';
import { silentLogger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import kafkajs, { type Admin } from 'kafkajs';
import { createUpdateTables, rebuildUpdates, stateOf, updates } from '../contract/test-projection.ts';
import {
  messagingDatabase,
  messagingOf,
  oneTo,
  recordUpdates,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { fromTopics, withProjections, type Message, type Messaging, type Transport } from '../index.ts';
import { kafkaTransport } from './kafka-transport.ts';

describeKafka('topics that are read again', () => {
  let database: MessagingDatabase;
  let service: Messaging;
  let transport: Transport;
  let admin: Admin;
  let prefix: string;
  const key = randomUUID();
  const record = (versions: readonly number[]): Promise<void> =>
    database.dataSource.transaction((tx) => recordUpdates(tx, key, versions));
  const untilHeard = (count: number): Promise<unknown> =>
    eventually(async () => expect((await stateOf(database)).lines).toHaveLength(count));

  beforeAll(async () => {
    const { brokers, topicPrefix } = await kafkaForTests();
    prefix = topicPrefix;
    admin = new kafkajs.Kafka({ brokers, clientId: 'tests', logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    database = await messagingDatabase();
    await createUpdateTables(database.ownerUrl);
    transport = kafkaTransport({ brokers, topicPrefix, clientId: 'replay', logger: silentLogger });
    service = await messagingOf(database, transport, {
      service: 'messaging',
      reactions: withProjections([updates]),
    });
    await record(oneTo(10));
    await untilHeard(10);
  });
  afterAll(async () => {
    await service.close();
    await admin.disconnect();
    await database.drop();
  });

  it('give all that they hold up to this moment, in order, and go on', async () => {
    const taken: Message[] = [];
    const take = (messages: readonly Message[]): Promise<void> => {
      taken.push(...messages);
      return Promise.resolve();
    };
    const replay = await transport.replay!({ name: 'again', topics: ['clients.v1', 'treatment.v1'], take });
    await replay.reachEnd();
    expect(taken.map(({ sequence }) => sequence)).toEqual(oneTo(10));
    await record([11]);
    await untilHeard(11);
    await replay.reachEnd();
    expect(taken).toHaveLength(11);
    await replay.close();
    const { groups } = await admin.listGroups();
    expect(groups.filter(({ groupId }) => groupId.startsWith(`${prefix}again`))).toEqual([]);
  });

  it('fail who waits for them when what they give cannot be taken', async () => {
    const take = (): Promise<void> => Promise.reject(new RangeError('as the test wants'));
    const replay = await transport.replay!({ name: 'broken', topics: ['clients.v1'], take });
    await expect(replay.reachEnd()).rejects.toThrow(RangeError);
    await replay.close();
  });

  it('are not enough to rebuild from when they have forgotten the first facts', async () => {
    const before = await stateOf(database);
    const topic = `${prefix}clients.v1`;
    const offsets = await admin.fetchTopicOffsets(topic);
    const partitions = offsets
      .filter(({ high }) => high !== '0')
      .map(({ partition }) => ({ partition, offset: '4' }));
    await admin.deleteTopicRecords({ topic, partitions });

    const refused = await rebuildUpdates(database, { source: fromTopics(transport) });
    expect(refused).toMatchObject({ outcome: 'GAPS', missing: 4, keysWithGaps: 1 });
    expect(await stateOf(database)).toEqual(before);
    expect(await rebuildUpdates(database)).toMatchObject({ outcome: 'TAKEN_OVER', missing: 0 });
  });
});
