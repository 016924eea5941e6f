import { kafkaTransport } from '@throughline/messaging';
import {
  closeOnSignal,
  createLogger,
  createMetrics,
  kafkaSecurityOf,
  runProgram,
  startTracing,
  type Running,
  type ServiceConfig,
} from '@throughline/runtime';
import type { ServiceOptions } from './start-service.ts';

/** For main.ts: one service as a program of its own, over Kafka, until a signal ends it. */
export function runService<Config extends ServiceConfig>(
  name: string,
  read: () => Config,
  start: (config: Config, options: ServiceOptions) => Promise<Running>,
): Promise<void> {
  return runProgram(async () => {
    const config = read();
    const tracing = await startTracing({ service: name, endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT });
    const logger = createLogger({ service: name, level: config.LOG_LEVEL });
    const transport = kafkaTransport({
      brokers: config.KAFKA_BROKERS,
      security: kafkaSecurityOf(config),
      clientId: name,
      topicPrefix: config.KAFKA_TOPIC_PREFIX,
      partitions: config.KAFKA_PARTITIONS,
      retentionDays: config.KAFKA_RETENTION_DAYS,
      sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
      logger,
    });
    const metrics = createMetrics(name, { processMetrics: true });
    const running = await start(config, { transport, logger, metrics });
    const close = async (): Promise<void> => {
      await running.close();
      await tracing.close();
    };
    closeOnSignal({ ...running, close }, logger);
  });
}
