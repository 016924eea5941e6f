import { kafkaTransport } from '@throughline/messaging';
import { closeOnSignal, createLogger, readConfigOrExit } from '@throughline/runtime';
import { clientsConfig } from './config.ts';
import { startClients } from './service.ts';

const config = readConfigOrExit(clientsConfig, process.env);
const logger = createLogger({ service: 'clients', level: config.LOG_LEVEL });
const transport = kafkaTransport({
  brokers: config.KAFKA_BROKERS,
  clientId: 'clients',
  topicPrefix: config.KAFKA_TOPIC_PREFIX,
  logger,
});
const running = await startClients(config, { transport, logger });
closeOnSignal(running, logger);
