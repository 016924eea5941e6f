import { publishedTopics as allTopics } from '@throughline/events';
import type { Kafka } from 'kafkajs';

export interface Broker {
  kafka: Kafka;
  topicPrefix: string;
  partitions: number;
  retentionDays: number;
  sessionTimeoutMs: number;
}

export const MS_PER_DAY = 86_400_000;

/** An existing topic keeps its partitions: with more of them its keys would move, and lose their order. */
export async function createMissingTopics({
  kafka,
  topicPrefix,
  partitions,
  retentionDays,
}: Broker): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = allTopics.map((topic) => topicPrefix + topic).filter((topic) => !existing.has(topic));
    if (missing.length === 0) return;
    // kafkajs stops waiting for leaders at the first "not yet" of the broker; the sender or reader tries again.
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map((topic) => ({
        topic,
        numPartitions: partitions,
        configEntries: [{ name: 'retention.ms', value: String(retentionDays * MS_PER_DAY) }],
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
