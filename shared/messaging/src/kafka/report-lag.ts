import type { Consumer } from 'kafkajs';
import type { ConsumerWatch } from '../transport.ts';

/**
 * Reports before and after each batch how much of its partition is not handled yet: kafkajs knows the end of
 * the log.
 */
export function reportLag(consumer: Consumer, topicPrefix: string, watch: ConsumerWatch): void {
  const { events } = consumer;
  consumer.on(
    events.START_BATCH_PROCESS,
    ({ payload: { topic, partition, offsetLag, firstOffset, lastOffset } }) => {
      const inBatch = Number(lastOffset) - Number(firstOffset) + 1;
      watch.behind(topic.slice(topicPrefix.length), partition, Number(offsetLag) + inBatch);
    },
  );
  consumer.on(events.END_BATCH_PROCESS, ({ payload: { topic, partition, offsetLag } }) => {
    watch.behind(topic.slice(topicPrefix.length), partition, Number(offsetLag));
  });
  consumer.on(events.GROUP_JOIN, () => {
    watch.reassigned();
  });
}
