import { randomBytes } from 'node:crypto';
import { startClients } from '@throughline/clients/service';
import { gatewayConfig, startGateway, type RunningGateway } from '@throughline/gateway';
import { kafkaTransport, localTransport, type Transport } from '@throughline/messaging';
import { startNotifications } from '@throughline/notifications/service';
import { startReferrals } from '@throughline/referrals/service';
import { createLogger, type Closers, type Logger } from '@throughline/runtime';
import { startTreatment } from '@throughline/treatment/service';
import * as clients from '@throughline/clients';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import * as treatment from '@throughline/treatment';
import { services, type Infrastructure, type ServiceName } from './infrastructure.ts';

export interface SystemOptions {
  infrastructure: Infrastructure;
  ports: Record<ServiceName | 'staff' | 'partner', number>;
  issuer: string;
  topicPrefix?: string;
  /** Hosts to which webhooks may go over plain HTTP: for a receiver on this machine. */
  webhookHosts?: string[];
  queryPage?: boolean;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export interface RunningSystem {
  gateway: RunningGateway;
}

/** All migrations, as the owners; safe to run again. */
export async function migrateAll({ databases }: Infrastructure): Promise<void> {
  await clients.migrate(databases.clients.ownerUrl);
  await treatment.migrate(databases.treatment.ownerUrl);
  await referrals.migrate(databases.referrals.ownerUrl);
  await notifications.migrate(databases.notifications.ownerUrl);
}

/** The four services and the gateway in this one process, each with its own database and address. */
export async function startSystem(options: SystemOptions, closers: Closers): Promise<RunningSystem> {
  const { infrastructure, ports, topicPrefix = '', logLevel } = options;
  const secret = randomBytes(32).toString('base64url');
  const shared = localTransport({ consumers: services });
  const urls: Partial<Record<ServiceName, string>> = {};

  const settings = (name: ServiceName) => ({
    PORT: String(ports[name]),
    DATABASE_URL: infrastructure.databases[name].appUrl,
    KAFKA_BROKERS: infrastructure.brokers?.join(',') ?? 'none',
    KAFKA_TOPIC_PREFIX: topicPrefix,
    VIEWER_TOKEN_SECRET: secret,
    LOG_LEVEL: logLevel,
  });
  const parts = (name: ServiceName): { transport: Transport; logger: Logger } => {
    const logger = createLogger({ service: name, level: logLevel });
    const { brokers } = infrastructure;
    return {
      logger,
      transport: brokers ? kafkaTransport({ brokers, clientId: name, topicPrefix, logger }) : shared,
    };
  };
  const opened = (name: ServiceName, running: { url: string; close(): Promise<void> }): void => {
    urls[name] = running.url;
    closers.add(name, () => running.close());
  };

  opened('clients', await startClients(clients.clientsConfig.parse(settings('clients')), parts('clients')));
  opened(
    'treatment',
    await startTreatment(treatment.treatmentConfig.parse(settings('treatment')), parts('treatment')),
  );
  const referralsSettings = {
    ...settings('referrals'),
    CLIENTS_URL: urls.clients,
    WEBHOOK_ALLOWED_HOSTS: options.webhookHosts?.join(','),
  };
  opened(
    'referrals',
    await startReferrals(referrals.referralsConfig.parse(referralsSettings), parts('referrals')),
  );
  opened(
    'notifications',
    await startNotifications(
      notifications.notificationsConfig.parse(settings('notifications')),
      parts('notifications'),
    ),
  );

  const gateway = await startGateway(
    gatewayConfig.parse({
      STAFF_PORT: ports.staff,
      PARTNER_PORT: ports.partner,
      CLIENTS_URL: urls.clients,
      TREATMENT_URL: urls.treatment,
      REFERRALS_URL: urls.referrals,
      NOTIFICATIONS_URL: urls.notifications,
      VIEWER_TOKEN_SECRET: secret,
      OIDC_ISSUER: options.issuer,
      QUERY_PAGE: options.queryPage ? 'on' : 'off',
    }),
    createLogger({ service: 'gateway', level: logLevel }),
  );
  closers.add('gateway', () => gateway.close());
  return { gateway };
}
