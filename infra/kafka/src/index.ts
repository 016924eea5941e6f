export { findKafka } from './find-kafka.ts';
export type { FindKafkaOptions, Kafka, NoKafka } from './kafka.ts';
