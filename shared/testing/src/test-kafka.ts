import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { eventually } from './eventually.ts';

/** All topics: one that a service had to create would have 24 partitions, and the broker of a whole run too many. */
const TOPICS = ['clients', 'treatment', 'referrals', 'notifications'].flatMap((service) => [
  `${service}.v1`,
  `${service}.restricted.v1`,
]);

export interface TestKafka {
  brokers: string[];
  /** Stands before the name of each topic and group, so that test files do not hear each other. */
  topicPrefix: string;
}

/** The brokers of this run and topics of one's own: `<topicPrefix><topic>` with three partitions each. */
export async function kafkaForTests({ topics = TOPICS, partitions = 3 } = {}): Promise<TestKafka> {
  const brokers = (process.env.TEST_KAFKA_BROKERS ?? '').split(',').filter(Boolean);
  if (brokers.length === 0) throw new Error(`There is no Kafka: ${whyMissing()}. Use describeKafka.`);

  const topicPrefix = `t${randomBytes(5).toString('hex')}.`;
  const admin = new Kafka({ brokers, clientId: 'tests', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    await admin.createTopics({
      topics: topics.map((topic) => ({ topic: topicPrefix + topic, numPartitions: partitions })),
      // kafkajs gives up at the first broker answer that says "not yet".
      waitForLeaders: false,
    });
    await eventually(() => admin.fetchTopicMetadata({ topics: topics.map((topic) => topicPrefix + topic) }));
  } finally {
    await admin.disconnect();
  }
  return { brokers, topicPrefix };
}

/** `describe` where there is Kafka; elsewhere the tests are reported as skipped, with the reason in their name. */
export function describeKafka(name: string, tests: () => void): void {
  if (process.env.TEST_KAFKA_BROKERS) describe(name, tests);
  else describe.skip(`${name} (not run: ${whyMissing()})`, tests);
}

function whyMissing(): string {
  return process.env.TEST_KAFKA_MISSING ?? 'TEST_KAFKA_BROKERS is not set';
}
