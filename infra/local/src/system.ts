import { randomBytes } from 'node:crypto';
import { startClients } from '@throughline/clients/service';
import { gatewayConfig, startGateway, type RunningGateway } from '@throughline/gateway';
import { kafkaTransport, localTransport, type Transport } from '@throughline/messaging';
import { startNotifications } from '@throughline/notifications/service';
import { startReferrals } from '@throughline/referrals/service';
import { createLogger, type Closers, type Logger, type Running } from '@throughline/runtime';
import { startTreatment } from '@throughline/treatment/service';
import * as clients from '@throughline/clients';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import * as treatment from '@throughline/treatment';
import { callServices, type Call } from './call-services.ts';
import { services, type Infrastructure, type ServiceName } from './infrastructure.ts';

export interface SystemOptions {
  infrastructure: Infrastructure;
  ports: Record<ServiceName | 'staff' | 'partner', number>;
  issuer: string;
  topicPrefix?: string;
  /** Hosts to which webhooks may go over plain HTTP: for a receiver on this machine. */
  webhookHosts?: string[];
  queryPage?: boolean;
  /** Where the gateway and the other services find the one that listens at `url`; for tests that put something between. */
  between?: (name: ServiceName, url: string) => Promise<string>;
  /** Starts a service elsewhere than in this process; for tests that do to it what befalls programs. */
  launch?: Launch;
  /** Settings of the gateway other than its defaults. */
  gateway?: Record<string, string | number>;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where log lines go instead of the standard output; for tests that read them. */
  log?: { write(line: string): void };
}

/** Starts a service with its settings, as its environment would have them; port 0 is a free one. */
export type Launch = (name: ServiceName, settings: ServiceSettings) => Promise<Running>;

export type ServiceSettings = Readonly<Record<string, string | undefined>>;

/** A service that can be stopped and started again at the same address, as a container is. */
export interface RestartableService {
  url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface RunningSystem {
  gateway: RunningGateway;
  services: Record<ServiceName, RestartableService>;
  /** Asks one service directly, on behalf of anybody. */
  call: Call;
}

interface Parts {
  transport: Transport;
  logger: Logger;
}

const startHere: Record<ServiceName, (settings: ServiceSettings, parts: Parts) => Promise<Running>> = {
  clients: (settings, parts) => startClients(clients.clientsConfig.parse(settings), parts),
  treatment: (settings, parts) => startTreatment(treatment.treatmentConfig.parse(settings), parts),
  referrals: (settings, parts) => startReferrals(referrals.referralsConfig.parse(settings), parts),
  notifications: (settings, parts) =>
    startNotifications(notifications.notificationsConfig.parse(settings), parts),
};

/** All migrations, as the owners; safe to run again. */
export async function migrateAll({ databases }: Infrastructure): Promise<void> {
  await clients.migrate(databases.clients.ownerUrl);
  await treatment.migrate(databases.treatment.ownerUrl);
  await referrals.migrate(databases.referrals.ownerUrl);
  await notifications.migrate(databases.notifications.ownerUrl);
}

/** The four services and the gateway, in this one process unless `launch` says otherwise; each with its own database. */
export async function startSystem(options: SystemOptions, closers: Closers): Promise<RunningSystem> {
  const { infrastructure, ports, topicPrefix = '', logLevel } = options;
  const secret = randomBytes(32).toString('base64url');
  const shared = localTransport({ consumers: services });
  const running: Partial<Record<ServiceName, RestartableService>> = {};

  const settings = (name: ServiceName, port: number): ServiceSettings => ({
    PORT: String(port),
    DATABASE_URL: infrastructure.databases[name].appUrl,
    KAFKA_BROKERS: infrastructure.brokers?.join(',') ?? 'none',
    KAFKA_TOPIC_PREFIX: topicPrefix,
    VIEWER_TOKEN_SECRET: secret,
    LOG_LEVEL: logLevel,
    ...(name === 'referrals' && {
      CLIENTS_URL: running.clients?.url,
      WEBHOOK_ALLOWED_HOSTS: options.webhookHosts?.join(','),
    }),
  });
  const parts = (name: ServiceName | 'gateway'): Parts => {
    const { log } = options;
    const logger = createLogger({ service: name, level: logLevel, ...(log && { destination: log }) });
    const { brokers } = infrastructure;
    return {
      logger,
      transport: brokers ? kafkaTransport({ brokers, clientId: name, topicPrefix, logger }) : shared,
    };
  };
  const launch = options.launch ?? ((name, given) => startHere[name](given, parts(name)));
  for (const name of services) {
    const service = await restartable(ports[name], (port) => launch(name, settings(name, port)));
    closers.add(name, () => service.stop());
    running[name] = { ...service, url: (await options.between?.(name, service.url)) ?? service.url };
  }

  const gateway = await startGateway(
    gatewayConfig.parse({
      STAFF_PORT: ports.staff,
      PARTNER_PORT: ports.partner,
      CLIENTS_URL: running.clients?.url,
      TREATMENT_URL: running.treatment?.url,
      REFERRALS_URL: running.referrals?.url,
      NOTIFICATIONS_URL: running.notifications?.url,
      VIEWER_TOKEN_SECRET: secret,
      OIDC_ISSUER: options.issuer,
      QUERY_PAGE: options.queryPage ? 'on' : 'off',
      ...options.gateway,
    }),
    parts('gateway'),
  );
  closers.add('gateway', () => gateway.close());
  const all = running as Record<ServiceName, RestartableService>;
  return { gateway, services: all, call: callServices((name) => all[name].url, secret) };
}

/** Starts a service; started again, it comes back at the port that it had. */
async function restartable(
  port: number,
  launch: (port: number) => Promise<Running>,
): Promise<RestartableService> {
  let running: Running | null = await launch(port);
  const { url } = running;
  return {
    url,
    start: async () => {
      running ??= await launch(Number(new URL(url).port));
    },
    stop: async () => {
      const stopping = running;
      running = null;
      await stopping?.close();
    },
  };
}
