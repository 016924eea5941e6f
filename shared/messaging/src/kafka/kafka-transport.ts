import type { Logger } from '@throughline/runtime';
import { topics as allTopics } from '@throughline/events';
import kafkajs, {
  type Consumer as KafkaConsumer,
  type EachBatchPayload,
  type Kafka,
  type Producer,
} from 'kafkajs';
import { deliverInLanes } from '../lanes.ts';
import type { Consumer, Message, Publisher, Subscription, Transport } from '../transport.ts';
import { headersOf, messageOf, type Headers } from './cloud-event.ts';
import { patchIdleLoop } from './idle-loop-patch.ts';

// The only file that imports kafkajs: its quirks are kept here, and another client would replace this folder.
patchIdleLoop();

export interface KafkaTransportOptions {
  brokers: readonly string[];
  clientId: string;
  /** Put before every topic and group, so that several systems can share one broker. */
  topicPrefix?: string;
  /** Of topics that are created here because they are missing. */
  partitions?: number;
  sessionTimeoutMs?: number;
  logger: Logger;
}

/** kafkajs groups messages by partition in quadratic time: never more than this many at once. */
const MAX_MESSAGES = 500;
/** Below the broker's limit of 1 MB for one batch, with room for the framing. */
const MAX_BYTES = 800_000;
const MAX_BYTES_PER_FETCH = 256 * 1024;
const LANES = 4;
const PARTITIONS_AT_ONCE = 2;
const FETCH_WAIT_MS = 5000;
const STALE_AFTER_MS = 30_000;
const REBUILD_AFTER_MS = 60_000;

export function kafkaTransport(options: KafkaTransportOptions): Transport {
  const { brokers, clientId, topicPrefix = '', partitions = 3, sessionTimeoutMs = 15_000, logger } = options;
  const kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3000,
    retry: { initialRetryTime: 100, maxRetryTime: 5000, retries: 8 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator:
      () =>
      ({ namespace }) =>
        logger.debug({ id: namespace }, 'the Kafka client complains'),
  });
  const broker: Broker = { kafka, topicPrefix, partitions, sessionTimeoutMs };

  return {
    publisher: async () => connectPublisher(broker),
    subscribe: (subscription, subscriberLogger) => {
      const consumer = new GuardedConsumer(broker, subscription, subscriberLogger);
      consumer.start();
      return Promise.resolve(consumer);
    },
  };
}

interface Broker {
  kafka: Kafka;
  topicPrefix: string;
  partitions: number;
  sessionTimeoutMs: number;
}

async function createMissingTopics({ kafka, topicPrefix, partitions }: Broker): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = allTopics.map((topic) => topicPrefix + topic).filter((topic) => !existing.has(topic));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({ topic, numPartitions: partitions })),
    });
  } finally {
    await admin.disconnect();
  }
}

/** Idempotent, one request at a time: a lost acknowledgement neither repeats nor reorders anything in the log. */
async function connectPublisher(broker: Broker): Promise<Publisher> {
  await createMissingTopics(broker);
  const producer = broker.kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return {
    send: async (messages) => {
      for (const chunk of chunksOf(messages)) await sendChunk(producer, broker.topicPrefix, chunk);
    },
    close: () => producer.disconnect(),
  };
}

interface Encoded {
  topic: string;
  key: string;
  value: string;
  headers: Headers;
}

function* chunksOf(messages: readonly Message[]): Generator<Encoded[]> {
  let chunk: Encoded[] = [];
  let bytes = 0;
  for (const message of messages) {
    const value = JSON.stringify(message.data);
    const headers = headersOf(message);
    const size = Buffer.byteLength(value) + JSON.stringify(headers).length;
    if (chunk.length === MAX_MESSAGES || (chunk.length > 0 && bytes + size > MAX_BYTES)) {
      yield chunk;
      [chunk, bytes] = [[], 0];
    }
    chunk.push({ topic: message.topic, key: message.key, value, headers });
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

async function sendChunk(producer: Producer, topicPrefix: string, chunk: readonly Encoded[]): Promise<void> {
  const byTopic = Map.groupBy(chunk, ({ topic }) => topic);
  await producer.sendBatch({
    acks: -1,
    topicMessages: [...byTopic].map(([topic, messages]) => ({ topic: topicPrefix + topic, messages })),
  });
}

/** A kafkajs consumer dies for good on some errors while its process lives on: this one is built again. */
class GuardedConsumer implements Consumer {
  readonly #broker: Broker;
  readonly #subscription: Subscription;
  readonly #logger: Logger;
  readonly #closing = Promise.withResolvers<void>();
  #closed = false;
  #aliveAt = 0;
  #done: Promise<void> | undefined;

  constructor(broker: Broker, subscription: Subscription, logger: Logger) {
    this.#broker = broker;
    this.#subscription = subscription;
    this.#logger = logger;
  }

  start(): void {
    if (this.#subscription.topics.length > 0) this.#done = this.#run();
  }

  /** Connected is not enough: a consumer that has not fetched lately hears nothing. */
  health(): string {
    if (this.#subscription.topics.length === 0) return 'ok';
    return Date.now() - this.#aliveAt < STALE_AFTER_MS ? 'ok' : 'nothing fetched from Kafka lately';
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#closing.resolve();
    await this.#done;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#closed; failures += 1) {
      const startedAt = Date.now();
      try {
        await createMissingTopics(this.#broker);
        await this.#consume();
      } catch (error) {
        if (!this.#closed)
          this.#logger.warn({ consumer: this.#subscription.consumer, error }, 'the consumer is built again');
      }
      if (Date.now() - startedAt > REBUILD_AFTER_MS) failures = 0;
      await Promise.race([this.#closing.promise, pause(Math.min(200 * 2 ** failures, 5000))]);
    }
  }

  /** Runs one kafkajs consumer until it crashes, stalls, or this one is closed. */
  async #consume(): Promise<void> {
    const { kafka, topicPrefix, sessionTimeoutMs } = this.#broker;
    const consumer = kafka.consumer({
      groupId: topicPrefix + this.#subscription.consumer,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 5),
      maxBytesPerPartition: MAX_BYTES_PER_FETCH,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
    });
    const ended = this.#watch(consumer);
    try {
      await consumer.connect();
      await consumer.subscribe({
        topics: this.#subscription.topics.map((t) => topicPrefix + t),
        fromBeginning: true,
      });
      await consumer.run({
        autoCommit: true,
        autoCommitInterval: 1000,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        eachBatch: (payload) => this.#handleBatch(payload),
      });
      await Promise.race([ended, this.#closing.promise]);
    } finally {
      await consumer.disconnect();
    }
  }

  /** Rejects when the consumer has crashed for good or has not moved for long. */
  #watch(consumer: KafkaConsumer): Promise<never> {
    const ended = Promise.withResolvers<never>();
    ended.promise.catch(() => undefined);
    const alive = (): void => void (this.#aliveAt = Date.now());
    const { CRASH, FETCH, HEARTBEAT, DISCONNECT } = consumer.events;
    consumer.on(FETCH, alive);
    consumer.on(HEARTBEAT, alive);
    consumer.on(CRASH, ({ payload }) => {
      if (!payload.restart) ended.reject(payload.error);
    });

    const startedAt = Date.now();
    const timer = setInterval(() => {
      if (Date.now() - Math.max(this.#aliveAt, startedAt) > REBUILD_AFTER_MS)
        ended.reject(new ConsumerStalled());
    }, 5000);
    timer.unref();
    const stop = (): void => {
      clearInterval(timer);
    };
    void Promise.race([this.#closing.promise, ended.promise]).then(stop, stop);
    consumer.on(DISCONNECT, stop);
    return ended.promise;
  }

  /** Offsets are resolved after the database has committed, never committed by hand: that kills kafkajs consumers. */
  async #handleBatch({
    batch,
    resolveOffset,
    heartbeat,
    commitOffsetsIfNecessary,
    ...is
  }: EachBatchPayload): Promise<void> {
    const topic = batch.topic.slice(this.#broker.topicPrefix.length);
    const messages = batch.messages.map(
      ({ headers, value, key, offset }) =>
        messageOf(topic, plain(headers), value) ?? foreign(topic, key?.toString() ?? offset),
    );
    await deliverInLanes(
      messages,
      LANES,
      async (message) => {
        if (!is.isRunning() || is.isStale()) throw new DeliveryStopped();
        if (message.id) await this.#deliver(message);
      },
      async (index) => {
        resolveOffset((batch.messages[index] as { offset: string }).offset);
        await heartbeat();
        await commitOffsetsIfNecessary();
      },
    ).catch((error: unknown) => {
      if (!(error instanceof DeliveryStopped)) throw error;
    });
  }

  async #deliver(message: Message): Promise<void> {
    try {
      await this.#subscription.deliver(message);
    } catch (error) {
      const { id: factId, topic } = message;
      this.#logger.warn(
        { consumer: this.#subscription.consumer, factId, topic, error },
        'a fact is delivered again',
      );
      throw new DeliveryFailed();
    }
  }
}

/** Without text: kafkajs logs what a handler throws. */
class DeliveryFailed extends Error {
  override name = 'DeliveryFailed';
}

class DeliveryStopped extends Error {
  override name = 'DeliveryStopped';
}

class ConsumerStalled extends Error {
  override name = 'ConsumerStalled';
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function plain(headers: EachBatchPayload['batch']['messages'][number]['headers'] = {}): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Something on the topic that is not a fact: skipped, but its offset counts. */
function foreign(topic: string, key: string): Message {
  return { id: '', topic, key } as unknown as Message;
}
