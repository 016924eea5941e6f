import { Kafka, logLevel } from 'kafkajs';
import { patchIdleLoop } from '../../../shared/messaging/src/kafka/idle-loop-patch.ts';

// By its path: the package itself needs this one to be tested.
patchIdleLoop();

const TOPIC = 'throughline-ready';

/**
 * Resolves when the brokers do all that the services ask of them: answer an admin, store an idempotent send,
 * and let a consumer group join. An open port promises none of these.
 */
export async function awaitReady(brokers: string[], withinMs: number): Promise<void> {
  const kafka = new Kafka({
    brokers,
    clientId: 'throughline-ready',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2000,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 5 },
  });
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      await createTopic(kafka);
      await sendOne(kafka);
      await joinGroup(kafka);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}

async function createTopic(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 1 }], waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}

async function sendOne(kafka: Kafka): Promise<void> {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  try {
    await producer.connect();
    await producer.send({ topic: TOPIC, acks: -1, messages: [{ value: 'ready' }] });
  } finally {
    await producer.disconnect();
  }
}

async function joinGroup(kafka: Kafka): Promise<void> {
  const consumer = kafka.consumer({ groupId: TOPIC, sessionTimeout: 6000, maxWaitTimeInMs: 50 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: TOPIC });
    const joined = new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.GROUP_JOIN, () => resolve());
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    });
    await consumer.run({ eachMessage: () => Promise.resolve() });
    await joined;
  } finally {
    await consumer.disconnect();
  }
}
