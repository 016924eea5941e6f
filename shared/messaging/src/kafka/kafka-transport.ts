import type { KafkaSecurity, Logger } from '@throughline/runtime';
import kafkajs from 'kafkajs';
import type { Transport } from '../transport.ts';
import { patchBatchEncoder } from './batch-encoder.ts';
import type { Broker } from './broker.ts';
import { GuardedConsumer } from './guarded-consumer.ts';
import { patchIdleLoop } from './idle-loop-patch.ts';
import { connectPublisher } from './publisher.ts';
import { patchRecordEncoder } from './record-encoder.ts';
import { replayTopics } from './replay-topics.ts';
import { rewindGroups } from './rewind-groups.ts';
import { takeOverGroup } from './take-over-group.ts';
import { patchTimeoutCheck } from './timeout-check-patch.ts';

// Only this folder knows kafkajs; another client would replace this folder.
patchIdleLoop();
patchTimeoutCheck();
patchRecordEncoder();
patchBatchEncoder();

export interface KafkaTransportOptions {
  brokers: readonly string[];
  clientId: string;
  /** TLS and the account; none when left out. */
  security?: KafkaSecurity;
  /** Prefix of every topic and group, so that several systems can share one broker. */
  topicPrefix?: string;
  /** Partitions of a topic that is created here because it is missing. */
  partitions?: number;
  /** For how long a topic keeps its facts, also one that exists; 30 when left out. Less than the 35 days of the inbox. */
  retentionDays?: number;
  sessionTimeoutMs?: number;
  logger: Logger;
}

export function kafkaTransport(options: KafkaTransportOptions): Transport {
  const { brokers, clientId, security, topicPrefix = '', logger } = options;
  const { partitions = 24, retentionDays = 30, sessionTimeoutMs = 15_000 } = options;
  const kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ...security,
    connectionTimeout: 3000,
    retry: { initialRetryTime: 100, maxRetryTime: 1500, retries: 8 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator:
      () =>
      ({ namespace }) =>
        logger.debug({ id: namespace }, 'the Kafka client complains'),
  });
  const broker: Broker = { kafka, topicPrefix, partitions, retentionDays, sessionTimeoutMs };

  return {
    system: 'kafka',
    publisher: (source, publisherLogger) => connectPublisher(broker, source, publisherLogger),
    subscribe: (subscription, subscriberLogger) => {
      const consumer = new GuardedConsumer(broker, subscription, subscriberLogger);
      consumer.start();
      return Promise.resolve(consumer);
    },
    takeOver: (groups) => takeOverGroup(broker, groups),
    rewind: (rewinding) => rewindGroups(broker, rewinding),
    replay: (replaying) => replayTopics(broker, replaying),
  };
}
