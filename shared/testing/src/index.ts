// For tests that take their servers down, and so need their own.
export { findKafka, type Kafka } from '@throughline/kafka';
export { findPostgres, type Postgres } from '@throughline/postgres';
export { freePort } from '@throughline/runtime/local-machine';
export { eventually } from './eventually.ts';
export {
  graphqlClient,
  type GraphQLAnswer,
  type GraphQLClient,
  type GraphQLFault,
} from './graphql-client.ts';
export { describeKafka, kafkaForTests, type TestKafka } from './test-kafka.ts';
export { testDatabase, type TestDatabase } from './test-database.ts';
