import { kafkaTransport } from '@throughline/messaging';
import { closeOnSignal, createLogger, readConfigOrExit } from '@throughline/runtime';
import { referralsConfig } from './config.ts';
import { startReferrals } from './service.ts';

const config = readConfigOrExit(referralsConfig, process.env);
const logger = createLogger({ service: 'referrals', level: config.LOG_LEVEL });
const transport = kafkaTransport({
  brokers: config.KAFKA_BROKERS,
  clientId: 'referrals',
  topicPrefix: config.KAFKA_TOPIC_PREFIX,
  logger,
});
const running = await startReferrals(config, { transport, logger });
closeOnSignal(running, logger);
