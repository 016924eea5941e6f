import { silentLogger } from '@throughline/runtime';
import { describeKafka, kafkaForTests } from '@throughline/testing';
import { messagingContract } from '../contract/messaging-contract.ts';
import { kafkaTransport } from './kafka-transport.ts';

for (const partitions of [1, 3]) {
  describeKafka(`the Kafka transport, partitions: ${partitions}`, () => {
    messagingContract(async () => {
      // No topics are made beforehand: the transport makes those that are missing.
      const { brokers, topicPrefix } = await kafkaForTests({ topics: [] });
      return kafkaTransport({ brokers, topicPrefix, clientId: 'contract', partitions, logger: silentLogger });
    });
  });
}
