import { silentLogger } from '@throughline/runtime';
import { describeKafka, kafkaForTests } from '@throughline/testing';
import { instancesContract } from '../contract/instances-contract.ts';
import { messagingContract } from '../contract/messaging-contract.ts';
import type { Transport } from '../transport.ts';
import { kafkaTransport } from './kafka-transport.ts';

for (const partitions of [1, 3]) {
  describeKafka(`the Kafka transport, partitions: ${partitions}`, () => {
    const createTransport = async (): Promise<Transport> => {
      // No topic exists before: the transport creates missing ones.
      const { brokers, topicPrefix } = await kafkaForTests({ topics: [] });
      return kafkaTransport({ brokers, topicPrefix, clientId: 'contract', partitions, logger: silentLogger });
    };
    messagingContract(createTransport);
    instancesContract(createTransport);
  });
}
