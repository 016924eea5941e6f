import { freePort } from '@throughline/runtime/local-machine';
import { awaitReady } from './await-ready.ts';
import type { FindKafkaOptions, Kafka } from './kafka.ts';

/** The image of docker-compose.yml. */
const IMAGE = 'apache/kafka:4.4.0';
const PULL_AND_START_MS = 180_000;
const READY_MS = 60_000;
const INSIDE = 9092;
const CONTROLLER = 9093;

/** One Kafka broker in a container that the engine removes when this process is gone. It keeps no data. */
export async function startContainer({ port, fastFailover = true }: FindKafkaOptions): Promise<Kafka> {
  // Loaded late: the package is slow to load and of no use without an engine.
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const { host } = (await getContainerRuntimeClient()).info.containerRuntime;
  // The broker tells its clients where to connect, so the port must be known before it starts.
  const outside = port ?? (await freePort());
  const started = await new GenericContainer(IMAGE)
    .withExposedPorts({ container: INSIDE, host: outside })
    .withEnvironment(settingsOf(`${host}:${String(outside)}`, fastFailover))
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .withStartupTimeout(PULL_AND_START_MS)
    .start();
  const remove = async (timeout: number) => {
    await started.stop({ timeout });
  };
  const brokers = [`${started.getHost()}:${String(outside)}`];
  try {
    await awaitReady(brokers, READY_MS);
  } catch (error) {
    await remove(0);
    throw error;
  }
  return { brokers, how: 'container', stop: () => remove(5000), kill: () => remove(0) };
}

function settingsOf(advertised: string, fastFailover: boolean): Record<string, string> {
  return {
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_LISTENERS: `PLAINTEXT://:${String(INSIDE)},CONTROLLER://:${String(CONTROLLER)}`,
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${advertised}`,
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_CONTROLLER_QUORUM_VOTERS: `1@localhost:${String(CONTROLLER)}`,
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    ...(fastFailover && {
      KAFKA_BROKER_SESSION_TIMEOUT_MS: '1000',
      KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '200',
    }),
  };
}
