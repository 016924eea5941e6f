import { randomUUID } from 'node:crypto';
import { silentLogger } from '@throughline/runtime';
import { messagingContract } from '../contract/messaging-contract.ts';
import { kafkaTransport } from './kafka-transport.ts';

describe.each([1, 3])('the Kafka transport with %i partitions', (partitions) => {
  messagingContract(
    () => process.env['POSTGRES_URL'] ?? '',
    () =>
      kafkaTransport({
        brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
        clientId: 'contract',
        topicPrefix: `${randomUUID().slice(0, 8)}.`,
        partitions,
        logger: silentLogger,
      }),
  );
});
