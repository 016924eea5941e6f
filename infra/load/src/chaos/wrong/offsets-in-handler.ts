import kafkajs from 'kafkajs';
import type { DataSource } from 'typeorm';
import type { Part } from '../part.ts';
import { noteEffect } from '../truth.ts';

/**
 * The wrong way: the handler commits its offset itself. When the group rebalances meanwhile, the broker refuses, and
 * kafkajs ends the consumer for ever, while the process lives on and looks healthy.
 */
export async function hearAndCommit(dataSource: DataSource, part: Part, group: string): Promise<void> {
  const kafka = new kafkajs.Kafka({ brokers: part.brokers, logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: part.topicPrefix + group, sessionTimeout: 6000 });
  await consumer.connect();
  await consumer.subscribe({ topic: `${part.topicPrefix}clients.v1`, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      const id = String(message.headers?.ce_id);
      const known: unknown[] = await dataSource.query('select 1 from effect where fact_id = $1', [id]);
      if (known.length === 0) await dataSource.transaction((tx) => noteEffect(tx, id));
      // eslint-disable-next-line no-restricted-syntax -- this call is the fault that the run has to find
      await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(message.offset) + 1n) }]);
    },
  });
}
