import { kafkaTransport } from '@throughline/messaging';
import { closeOnSignal, createLogger, readConfigOrExit } from '@throughline/runtime';
import { treatmentConfig } from './config.ts';
import { startTreatment } from './service.ts';

const config = readConfigOrExit(treatmentConfig, process.env);
const logger = createLogger({ service: 'treatment', level: config.LOG_LEVEL });
const transport = kafkaTransport({
  brokers: config.KAFKA_BROKERS,
  clientId: 'treatment',
  topicPrefix: config.KAFKA_TOPIC_PREFIX,
  logger,
});
const running = await startTreatment(config, { transport, logger });
closeOnSignal(running, logger);
