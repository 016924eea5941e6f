export { findKafka } from './find-kafka.ts';
export { startFromJars } from './from-jars.ts';
export type { FindKafkaOptions, Kafka, NoKafka } from './kafka.ts';
export { NotAvailable } from './not-available.ts';
