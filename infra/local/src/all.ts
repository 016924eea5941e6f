import {
  Closers,
  closeOnSignal,
  createLogger,
  readConfig,
  runProgram,
  startTracing,
} from '@throughline/runtime';
import { allConfig } from './all-config.ts';
import { refuseBadSettings } from './passed-on.ts';
import { startSystem } from './system.ts';

/**
 * PROGRAM=all of the image: the four services and the gateway in one process, for a small agency. Databases and Kafka are
 * given; viewer keys are new at every start and never leave the process.
 */
await runProgram(async () => {
  const config = readConfig(allConfig, process.env);
  refuseBadSettings(process.env);
  const { LOG_LEVEL: logLevel, KAFKA_TOPIC_PREFIX: topicPrefix, OIDC_ISSUER: issuer } = config;
  const tracing = await startTracing({
    service: 'throughline',
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
  });
  const logger = createLogger({ service: 'throughline', level: logLevel });
  const closers = new Closers();
  closers.add('traces', () => tracing.close());

  const given = (appUrl: string, apart = {}) => ({ appUrl, ownerUrl: appUrl, apart });
  const databases = {
    clients: given(config.CLIENTS_DATABASE_URL),
    treatment: given(config.TREATMENT_DATABASE_URL, { counseling: config.COUNSELING_DATABASE_URL }),
    referrals: given(config.REFERRALS_DATABASE_URL),
    notifications: given(config.NOTIFICATIONS_DATABASE_URL),
  };
  const ports = {
    clients: config.CLIENTS_PORT,
    treatment: config.TREATMENT_PORT,
    referrals: config.REFERRALS_PORT,
    notifications: config.NOTIFICATIONS_PORT,
    staff: config.STAFF_PORT,
    partner: config.PARTNER_PORT,
  };
  const { OIDC_JWKS_URL } = config;
  const { gateway } = await startSystem(
    {
      infrastructure: { databases, brokers: config.KAFKA_BROKERS },
      ...{ ports, issuer, topicPrefix, logLevel, environment: process.env },
      ...(OIDC_JWKS_URL && { gateway: { OIDC_JWKS_URL } }),
    },
    closers,
  );
  logger.info({ url: gateway.staffUrl }, 'staff graph is ready');
  logger.info({ url: gateway.partnerUrl }, 'partner graph is ready');
  closeOnSignal({ name: 'throughline', url: gateway.staffUrl, close: () => closers.close(logger) }, logger);
});
