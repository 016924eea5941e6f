import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { Message, Replay, Replaying } from '../transport.ts';
import { createMissingTopics, type Broker } from './broker.ts';
import { headersAsText, messageOf } from './cloud-event.ts';

const MAX_BYTES_PER_FETCH = 1024 * 1024;
const FETCH_WAIT_MS = 100;

/** A separate consumer group for one reading. It commits nothing, and the broker forgets it after `close`. */
export async function replayTopics(broker: Broker, replaying: Replaying): Promise<Replay> {
  const { kafka, topicPrefix, sessionTimeoutMs } = broker;
  await createMissingTopics(broker);
  const groupId = `${topicPrefix}${replaying.name}.${String(Date.now())}`;
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: sessionTimeoutMs,
    maxBytesPerPartition: MAX_BYTES_PER_FETCH,
    maxWaitTimeInMs: FETCH_WAIT_MS,
    allowAutoTopicCreation: false,
  });
  const progress = new Progress();
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) progress.fail(payload.error);
  });
  const admin = kafka.admin();
  const close = async (): Promise<void> => {
    progress.fail(new Error('the reading of the topics was ended'));
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => undefined);
    await admin.disconnect();
  };
  try {
    await admin.connect();
    await run(consumer, broker, { ...replaying, progress });
  } catch (error) {
    await close();
    throw error;
  }

  const ends = async (topic: string): Promise<[partition: string, end: bigint][]> =>
    (await admin.fetchTopicOffsets(topic))
      .filter(({ low, high }) => low !== high)
      .map(({ partition, high }) => [`${topic}/${String(partition)}`, BigInt(high)]);
  return {
    reachEnd: async () => {
      const topics = replaying.topics.map((topic) => topicPrefix + topic);
      await progress.reach((await Promise.all(topics.map(ends))).flat());
    },
    close,
  };
}

async function run(
  consumer: Consumer,
  { topicPrefix }: Broker,
  { topics, take, progress }: Replaying & { progress: Progress },
): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: topics.map((topic) => topicPrefix + topic), fromBeginning: true });
  const eachBatch = async ({ batch }: EachBatchPayload): Promise<void> => {
    const topic = batch.topic.slice(topicPrefix.length);
    const messages = batch.messages
      .map(({ headers, value }) => messageOf(topic, headersAsText(headers), value))
      .filter((message): message is Message => message !== undefined);
    // kafkajs would try a failed batch again for ever.
    await take(messages).then(
      () => progress.moved(`${batch.topic}/${String(batch.partition)}`, BigInt(batch.lastOffset()) + 1n),
      (error: unknown) => progress.fail(error),
    );
  };
  await consumer.run({ autoCommit: false, eachBatch });
}

/** Position in each partition, for callers that wait for a position. */
class Progress {
  readonly #next = new Map<string, bigint>();
  readonly #failed = Promise.withResolvers<never>();
  #step = Promise.withResolvers<undefined>();

  constructor() {
    this.#failed.promise.catch(() => undefined);
  }

  moved(partition: string, next: bigint): void {
    this.#next.set(partition, next);
    this.#step.resolve(undefined);
    this.#step = Promise.withResolvers();
  }

  fail(error: unknown): void {
    this.#failed.reject(error);
  }

  async reach(ends: readonly [partition: string, end: bigint][]): Promise<void> {
    while (ends.some(([partition, end]) => (this.#next.get(partition) ?? 0n) < end))
      await Promise.race([this.#step.promise, this.#failed.promise]);
  }
}
