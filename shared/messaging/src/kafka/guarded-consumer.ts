import type { Logger } from '@throughline/runtime';
import type { Consumer as KafkaConsumer, EachBatchPayload } from 'kafkajs';
import { deliverInLanes } from '../inbox/lanes.ts';
import type { Consumer, Message, Subscription } from '../transport.ts';
import { createMissingTopics, type Broker } from './broker.ts';
import { headersAsText, messageOf } from './cloud-event.ts';
import { reportLag } from './report-lag.ts';

const MAX_BYTES_PER_FETCH = 1024 * 1024;
const LANES = 4;
const PARTITIONS_AT_ONCE = 2;
// Closing waits for the running fetch.
const FETCH_WAIT_MS = 1000;
const STALE_AFTER_MS = 30_000;
const REBUILD_AFTER_MS = 60_000;

/** After some errors a kafkajs consumer is dead while its process lives on. This one is then built again. */
export class GuardedConsumer implements Consumer {
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

  #isOpen(): boolean {
    return !this.#closed;
  }

  start(): void {
    if (this.#subscription.topics.length > 0) this.#done = this.#run();
  }

  /** A connection is not enough: a consumer that has not fetched lately receives nothing. */
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
    for (let failures = 0; this.#isOpen(); failures += 1) {
      const startedAt = Date.now();
      try {
        await createMissingTopics(this.#broker);
        await this.#consume();
      } catch (error) {
        if (this.#isOpen())
          this.#logger.warn({ consumer: this.#subscription.consumer, error }, 'the consumer is built again');
      }
      if (Date.now() - startedAt > REBUILD_AFTER_MS) failures = 0;
      await Promise.race([this.#closing.promise, pause(Math.min(200 * 2 ** failures, 2000))]);
    }
  }

  /** Runs one kafkajs consumer until it crashes, stalls or is closed. */
  async #consume(): Promise<void> {
    const { kafka, topicPrefix, sessionTimeoutMs } = this.#broker;
    const consumer = kafka.consumer({
      groupId: topicPrefix + this.#subscription.consumer,
      sessionTimeout: sessionTimeoutMs,
      // The heartbeat tells a member that another member has left and its partitions are free.
      heartbeatInterval: Math.floor(sessionTimeoutMs / 15),
      maxBytesPerPartition: MAX_BYTES_PER_FETCH,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
    });
    const ended = this.#watch(consumer);
    try {
      await consumer.connect();
      await consumer.subscribe({
        topics: this.#subscription.topics.map((t) => topicPrefix + t),
        fromBeginning: this.#subscription.from !== 'now',
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

  /** Rejects when the consumer has crashed and will not restart, or has not moved for long. */
  #watch(consumer: KafkaConsumer): Promise<never> {
    const ended = Promise.withResolvers<never>();
    ended.promise.catch(() => undefined);
    const alive = (): void => void (this.#aliveAt = Date.now());
    const { CRASH, FETCH, HEARTBEAT, DISCONNECT } = consumer.events;
    consumer.on(FETCH, alive);
    consumer.on(HEARTBEAT, alive);
    if (this.#subscription.watch) reportLag(consumer, this.#broker.topicPrefix, this.#subscription.watch);
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

  /**
   * Offsets are resolved after the commit of the database. They are never committed by hand, because that kills
   * a kafkajs consumer.
   */
  async #handleBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const topic = batch.topic.slice(this.#broker.topicPrefix.length);
    const messages = batch.messages.map(
      ({ headers, value, key, offset }) =>
        messageOf(topic, headersAsText(headers), value) ?? this.#foreign(topic, key?.toString() ?? offset),
    );
    const deliver = async (messages: readonly Message[]): Promise<void> => {
      if (!payload.isRunning() || payload.isStale()) throw new DeliveryStopped();
      await this.#deliver(messages.filter(({ id }) => id));
    };
    const done = async (index: number): Promise<void> => {
      payload.resolveOffset((batch.messages[index] as { offset: string }).offset);
      await payload.heartbeat();
      await payload.commitOffsetsIfNecessary();
    };
    const { together } = this.#subscription;
    await deliverInLanes(messages, {
      width: LANES,
      deliver: (message) => deliver([message]),
      together: together && { fits: (message) => !message.id || together.fits(message), deliver },
      done,
    }).catch((error: unknown) => {
      if (!(error instanceof DeliveryStopped)) throw error;
    });
  }

  /** Something on the topic that is not a fact: skipped, but its offset counts. */
  #foreign(topic: string, key: string): Message {
    const { consumer } = this.#subscription;
    this.#logger.warn({ consumer, topic, key }, 'something that is no fact of ours is passed over');
    return { id: '', topic, key } as unknown as Message;
  }

  async #deliver(messages: readonly Message[]): Promise<void> {
    const [first, ...more] = messages;
    if (!first) return;
    const { consumer, together } = this.#subscription;
    try {
      await (together && more.length > 0 ? together.deliver(messages) : this.#subscription.deliver(first));
    } catch (error) {
      const { id: factId, topic } = first;
      this.#logger.warn({ consumer, factId, topic, error }, 'a fact is delivered again');
      throw new DeliveryFailed();
    }
  }
}

/** Without text, because kafkajs logs the errors of handlers. */
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
