import { topics as allTopics } from '@throughline/events';
import type { Kafka } from 'kafkajs';

export interface Broker {
  kafka: Kafka;
  topicPrefix: string;
  partitions: number;
  sessionTimeoutMs: number;
}

/** Topics that are there already are left as they are. */
export async function createMissingTopics({ kafka, topicPrefix, partitions }: Broker): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = allTopics.map((topic) => topicPrefix + topic).filter((topic) => !existing.has(topic));
    if (missing.length === 0) return;
    // kafkajs stops waiting for leaders at the first "not yet" of the broker; the sender or reader tries again.
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map((topic) => ({ topic, numPartitions: partitions })),
    });
  } finally {
    await admin.disconnect();
  }
}
