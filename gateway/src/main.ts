import { kafkaTransport } from '@throughline/messaging';
import {
  closeOnSignal,
  createLogger,
  kafkaSecurityOf,
  readConfig,
  runProgram,
  startTracing,
} from '@throughline/runtime';
import { gatewayConfig } from './config.ts';
import { startGateway } from './gateway.ts';

await runProgram(async () => {
  const config = readConfig(gatewayConfig, process.env);
  const tracing = await startTracing({ service: 'gateway', endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT });
  const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL });
  const { KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: topicPrefix } = config;
  const transport = kafkaTransport({
    ...{ brokers, clientId: 'gateway', topicPrefix, logger },
    security: kafkaSecurityOf(config),
  });
  const gateway = await startGateway(config, { logger, ...(brokers.length > 0 && { transport }) });
  logger.info({ url: gateway.staffUrl }, 'staff graph is ready');
  logger.info({ url: gateway.partnerUrl }, 'partner graph is ready');
  process.on('SIGHUP', () => void gateway.reload());
  const close = async (): Promise<void> => {
    await gateway.close();
    await tracing.close();
  };
  closeOnSignal({ ...gateway, close }, logger);
});
