export { findKafka, type FindKafkaOptions, type Kafka, type NoKafka } from './find-kafka.ts';
