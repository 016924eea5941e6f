import kafkajs, { type IHeaders, type Message } from 'kafkajs';
import type { BareLoop } from './bare-loop.ts';

const BATCH = 500;
const WARM_UP = 5_000;

/** The loop that the relay is compared with: the same client, batch size and guarantees, and no database. */
const { brokers, topic, count } = JSON.parse(process.argv[2] ?? '') as BareLoop;
const kafka = new kafkajs.Kafka({ brokers, clientId: 'bare', logLevel: kafkajs.logLevel.NOTHING });
const messages = await read();
const bare = messages.map(({ key, value, headers }) => ({
  key: key ?? null,
  value: String(value),
  headers: { ce_id: String(headers?.ce_id) },
}));
const rates = [await send(bare), await send(messages)];
process.on('disconnect', () => process.exit(0));
process.send?.(rates);

/** What the relay has sent, as it lies in the topic; text again, since that is what a program would hand over. */
async function read(): Promise<Message[]> {
  const consumer = kafka.consumer({ groupId: `${topic}.bare` });
  const found: Message[] = [];
  const enough = Promise.withResolvers<void>();
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message: { key, value, headers = {} } }) => {
      found.push({ key: String(key), value: String(value), headers: textOf(headers) });
      if (found.length === count) enough.resolve();
      return Promise.resolve();
    },
  });
  await enough.promise;
  await consumer.disconnect();
  return found.slice(0, count);
}

function textOf(headers: IHeaders): IHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function send(all: Message[]): Promise<number> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const loop = async (some: Message[]): Promise<void> => {
    for (let sent = 0; sent < some.length; sent += BATCH)
      await producer.send({ topic, acks: -1, messages: some.slice(sent, sent + BATCH) });
  };
  await loop(all.slice(0, WARM_UP));
  const started = performance.now();
  await loop(all);
  const rate = all.length / ((performance.now() - started) / 1000);
  await producer.disconnect();
  return rate;
}
