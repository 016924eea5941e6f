import type { Logger } from '@throughline/runtime';
import type { Producer } from 'kafkajs';
import { textOf } from '../outbox/outbox-row.ts';
import type { Message, Publisher } from '../transport.ts';
import { createMissingTopics, type Broker } from './broker.ts';
import { headersOf, type Headers } from './cloud-event.ts';
import { keepDays } from './keep-days.ts';
import { keyPartitioner } from './partitioner.ts';

/** kafkajs groups messages by partition in quadratic time: never more than this many at once. */
const MAX_MESSAGES = 500;
/** Below the broker's limit of 1 MB for one batch, with room for the framing. */
const MAX_BYTES = 800_000;

/**
 * Idempotent, one request at a time: a lost acknowledgement causes neither a repetition nor another order in
 * the log.
 */
export async function connectPublisher(broker: Broker, service: string, logger: Logger): Promise<Publisher> {
  await createMissingTopics(broker);
  const producer = broker.kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: keyPartitioner,
  });
  await producer.connect();
  // In the background, because no fact waits for it.
  const kept = keepDays(broker, { service, logger });
  return {
    send: async (messages) => {
      for (const chunk of chunksOf(messages)) await sendChunk(producer, broker.topicPrefix, chunk);
    },
    close: async () => {
      await kept;
      await producer.disconnect();
    },
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
    const value = textOf(message);
    const headers = headersOf(message);
    const size = Buffer.byteLength(value) + sizeOf(headers);
    if (chunk.length === MAX_MESSAGES || (chunk.length > 0 && bytes + size > MAX_BYTES)) {
      yield chunk;
      [chunk, bytes] = [[], 0];
    }
    chunk.push({ topic: message.topic, key: message.key, value, headers });
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

/** In bytes, with framing. */
function sizeOf(headers: Headers): number {
  let size = 0;
  for (const name in headers) size += name.length + (headers[name]?.length ?? 0) + 8;
  return size;
}

async function sendChunk(producer: Producer, topicPrefix: string, chunk: readonly Encoded[]): Promise<void> {
  const byTopic = Map.groupBy(chunk, ({ topic }) => topic);
  await producer.sendBatch({
    acks: -1,
    topicMessages: [...byTopic].map(([topic, messages]) => ({ topic: topicPrefix + topic, messages })),
  });
}
