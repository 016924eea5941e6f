import { gatewayConfig } from '@throughline/gateway';
import { databaseUrl, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';
import { localConfig } from './addresses.ts';

/** Settings of PROGRAM=all, together with those that each program reads from the same environment. */
export const allConfig = z.object({
  CLIENTS_DATABASE_URL: databaseUrl,
  TREATMENT_DATABASE_URL: databaseUrl,
  COUNSELING_DATABASE_URL: databaseUrl,
  REFERRALS_DATABASE_URL: databaseUrl,
  NOTIFICATIONS_DATABASE_URL: databaseUrl,
  KAFKA_BROKERS: serviceConfig.KAFKA_BROKERS,
  KAFKA_TOPIC_PREFIX: serviceConfig.KAFKA_TOPIC_PREFIX,
  /** Prometheus finds the metrics of each service there; nobody else needs these ports. */
  CLIENTS_PORT: localConfig.shape.CLIENTS_PORT,
  TREATMENT_PORT: localConfig.shape.TREATMENT_PORT,
  REFERRALS_PORT: localConfig.shape.REFERRALS_PORT,
  NOTIFICATIONS_PORT: localConfig.shape.NOTIFICATIONS_PORT,
  STAFF_PORT: gatewayConfig.shape.STAFF_PORT,
  PARTNER_PORT: gatewayConfig.shape.PARTNER_PORT,
  METRICS_PORT: gatewayConfig.shape.METRICS_PORT,
  OIDC_ISSUER: gatewayConfig.shape.OIDC_ISSUER,
  OIDC_JWKS_URL: gatewayConfig.shape.OIDC_JWKS_URL,
  LOG_LEVEL: serviceConfig.LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT: serviceConfig.OTEL_EXPORTER_OTLP_ENDPOINT,
});
