// For tests that take their servers down, and so need their own.
export { findKafka, type Kafka } from '@throughline/kafka';
export { findPostgres, type Postgres } from '@throughline/postgres';
export { freePort } from '@throughline/runtime/local-machine';
export { describeEntityStatements, type EntityStatements } from './describe-entity-statements.ts';
export { eventually } from './eventually.ts';
export {
  graphqlClient,
  type GraphQLAnswer,
  type GraphQLClient,
  type GraphQLFault,
} from './graphql-client.ts';
export { isRead, statementsOf } from './statements.ts';
export { describeKafka, kafkaForTests, type TestKafka } from './test-kafka.ts';
export { testDatabase, type TestDatabase } from './test-database.ts';
export { everyQuery } from './every-query.ts';
export { largeDatabase, type LargeDatabase } from './large-database.ts';
export { ASKED, idOfRow } from './many-rows.ts';
export { sampleData } from './sample-facts.ts';
export { statementsDuring } from './sequential-scans.ts';
