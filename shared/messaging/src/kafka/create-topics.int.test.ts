import { silentLogger } from '@throughline/runtime';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import kafkajs from 'kafkajs';
import { kafkaTransport } from './kafka-transport.ts';

describeKafka('a topic that a service creates', () => {
  it('has the partitions and keeps facts for the days that are set', async () => {
    const { brokers, topicPrefix } = await kafkaForTests({ topics: [] });
    const settings = { partitions: 24, retentionDays: 3 };
    const transport = kafkaTransport({
      ...{ brokers, topicPrefix, ...settings },
      ...{ clientId: 'topics', logger: silentLogger },
    });
    await (await transport.publisher('test', silentLogger)).close();

    const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    try {
      const topic = `${topicPrefix}clients.v1`;
      const { topics } = await eventually(() => admin.fetchTopicMetadata({ topics: [topic] }));
      expect(topics[0]?.partitions).toHaveLength(24);
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }],
      });
      expect(resources[0]?.configEntries[0]?.configValue).toBe(String(3 * 24 * 60 * 60 * 1000));
    } finally {
      await admin.disconnect();
    }
  });
});
