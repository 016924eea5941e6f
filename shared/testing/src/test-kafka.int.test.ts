import { Kafka, logLevel } from 'kafkajs';
import { eventually } from './eventually.ts';
import { describeKafka, kafkaForTests } from './test-kafka.ts';

describeKafka('Kafka for tests', () => {
  it('carries a message on a topic that only this test knows', async () => {
    const { brokers, topicPrefix } = await kafkaForTests({ topics: ['greetings'], partitions: 2 });
    const topic = `${topicPrefix}greetings`;
    const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    const consumer = kafka.consumer({ groupId: topic, maxWaitTimeInMs: 50 });
    const heard: string[] = [];
    await Promise.all([producer.connect(), consumer.connect()]);
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        heard.push(String(message.value));
        return Promise.resolve();
      },
    });

    const [sent] = await producer.send({ topic, acks: -1, messages: [{ key: 'k', value: 'hello' }] });

    expect(sent?.topicName).toBe(topic);
    await eventually(() => expect(heard).toEqual(['hello']));
    await Promise.all([producer.disconnect(), consumer.disconnect()]);
  });
});
