import { awaitReady } from './await-ready.ts';
import type { FindKafkaOptions, Kafka } from './kafka.ts';

const IMAGE = 'confluentinc/cp-kafka:8.1.0';
const PULL_AND_START_MS = 180_000;
const CLIENT_PORT = 9093;

/** One Kafka broker in a container that the engine removes when this process is gone. It keeps no data. */
export async function startContainer({ port, fastFailover = true }: FindKafkaOptions): Promise<Kafka> {
  // Loaded late: the package is slow to load and of no use without an engine.
  const { KafkaContainer } = await import('@testcontainers/kafka');
  const container = new KafkaContainer(IMAGE)
    .withKraft()
    .withEnvironment({
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      ...(fastFailover && {
        KAFKA_BROKER_SESSION_TIMEOUT_MS: '1000',
        KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '200',
      }),
    })
    .withStartupTimeout(PULL_AND_START_MS);
  if (port) container.withExposedPorts({ container: CLIENT_PORT, host: port });

  const started = await container.start();
  const brokers = [`${started.getHost()}:${started.getMappedPort(CLIENT_PORT)}`];
  await awaitReady(brokers, 30_000);
  const remove = async (timeout: number) => {
    await started.stop({ timeout });
  };
  return { brokers, how: 'container', stop: () => remove(5000), kill: () => remove(0) };
}
