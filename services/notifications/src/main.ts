import { kafkaTransport } from '@throughline/messaging';
import { closeOnSignal, createLogger, readConfigOrExit } from '@throughline/runtime';
import { notificationsConfig } from './config.ts';
import { startNotifications } from './service.ts';

const config = readConfigOrExit(notificationsConfig, process.env);
const logger = createLogger({ service: 'notifications', level: config.LOG_LEVEL });
const transport = kafkaTransport({
  brokers: config.KAFKA_BROKERS,
  clientId: 'notifications',
  topicPrefix: config.KAFKA_TOPIC_PREFIX,
  logger,
});
const running = await startNotifications(config, { transport, logger });
closeOnSignal(running, logger);
