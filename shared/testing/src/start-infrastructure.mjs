import { findKafka } from '@throughline/kafka';
import { findPostgres } from '@throughline/postgres';

/** Makes PostgreSQL and Kafka available to all test files of this run, through the environment of the workers. */
export default async function startInfrastructure() {
  const log = (line) => process.stderr.write(`${line}\n`);
  const [postgres, kafka] = await Promise.allSettled([
    findPostgres({ variable: 'TEST_POSTGRES_URL', fsync: false, log }),
    findKafka({ variable: 'TEST_KAFKA_BROKERS', log }),
  ]);
  globalThis.throughlineInfrastructure = [postgres, kafka].flatMap(({ value }) =>
    value?.stop ? [value] : [],
  );
  if (postgres.status === 'rejected' || kafka.status === 'rejected') {
    await Promise.all(globalThis.throughlineInfrastructure.map((started) => started.stop()));
    throw postgres.reason ?? kafka.reason;
  }

  process.env.TEST_POSTGRES_URL = postgres.value.url;
  if (kafka.value.how === 'none') {
    process.env.TEST_KAFKA_MISSING = kafka.value.why;
    log(`Tests that need Kafka are not run. ${kafka.value.why}`);
  } else {
    process.env.TEST_KAFKA_BROKERS = kafka.value.brokers.join(',');
    process.env.TEST_KAFKA_HOW = kafka.value.how;
  }
}
