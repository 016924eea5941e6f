import { startClients } from '@throughline/clients/service';
import { gatewayConfig, startGateway, type RunningGateway } from '@throughline/gateway';
import { kafkaTransport, localTransport, type Transport } from '@throughline/messaging';
import { startNotifications } from '@throughline/notifications/service';
import { startReferrals } from '@throughline/referrals/service';
import {
  createLogger,
  kafkaSecurityConfig,
  kafkaSecurityOf,
  newKeyPair,
  readConfig,
  serviceConfig,
  signingKeyOf,
  type Closers,
  type Environment,
  type Logger,
  type Running,
} from '@throughline/runtime';
import { startTreatment } from '@throughline/treatment/service';
import { z } from 'zod';
import * as clients from '@throughline/clients';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import * as treatment from '@throughline/treatment';
import { callServices, type CallWithFiles } from './call-services.ts';
import { services, type Infrastructure, type ServiceName } from './infrastructure.ts';
import { passedOn } from './passed-on.ts';

export interface SystemOptions {
  infrastructure: Infrastructure;
  ports: Record<ServiceName | 'staff' | 'partner', number>;
  issuer: string;
  topicPrefix?: string;
  /** Settings for the programs, as .env.example documents them; what `npm start` decides itself is not taken. */
  environment?: Environment;
  /** Answers the address under which the others find the service at `url`; for tests that put a proxy between. */
  between?: (name: ServiceName, url: string) => Promise<string>;
  /** Starts a service in a process of its own; for tests that kill it. */
  launch?: Launch;
  /** Settings of the gateway that come before all others. */
  gateway?: Readonly<Record<string, string | number>>;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** The clock of the services, UTC; for stories that move it. A service in a process of its own has the clock of the machine. */
  now?: () => Date;
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
  call: CallWithFiles;
}

/** What each service of this process takes of Kafka's settings. */
const kafkaConfig = z.object({
  ...kafkaSecurityConfig,
  KAFKA_PARTITIONS: serviceConfig.KAFKA_PARTITIONS,
  KAFKA_RETENTION_DAYS: serviceConfig.KAFKA_RETENTION_DAYS,
  KAFKA_SESSION_TIMEOUT_MS: serviceConfig.KAFKA_SESSION_TIMEOUT_MS,
});

interface Parts {
  transport: Transport;
  logger: Logger;
  now?: () => Date;
}

const startHere: Record<ServiceName, (settings: ServiceSettings, parts: Parts) => Promise<Running>> = {
  clients: (settings, parts) => startClients(readConfig(clients.clientsConfig, settings), parts),
  treatment: (settings, parts) => startTreatment(readConfig(treatment.treatmentConfig, settings), parts),
  referrals: (settings, parts) => startReferrals(readConfig(referrals.referralsConfig, settings), parts),
  notifications: (settings, parts) =>
    startNotifications(readConfig(notifications.notificationsConfig, settings), parts),
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
  const { environment = {} } = options;
  const keys = { viewer: newKeyPair(), releaseBasis: newKeyPair() };
  const kafka = readConfig(kafkaConfig, environment);
  const shared = localTransport({ consumers: services });
  const running: Partial<Record<ServiceName, RestartableService>> = {};

  const settings = (name: ServiceName, port: number): ServiceSettings => ({
    ...passedOn(name, environment),
    PORT: String(port),
    DATABASE_URL: infrastructure.databases[name].appUrl,
    KAFKA_BROKERS: infrastructure.brokers?.join(',') ?? 'none',
    KAFKA_TOPIC_PREFIX: topicPrefix,
    VIEWER_PUBLIC_KEYS: keys.viewer.publicKey,
    ...cursorSecrets(environment),
    LOG_LEVEL: logLevel,
    ...(name === 'treatment' && {
      COUNSELING_DATABASE_URL: infrastructure.databases.treatment.apart.counseling,
    }),
    ...(name === 'clients' && { RELEASE_BASIS_PUBLIC_KEYS: keys.releaseBasis.publicKey }),
    ...(name === 'referrals' && {
      CLIENTS_URL: running.clients?.url,
      RELEASE_BASIS_PRIVATE_KEY: keys.releaseBasis.privateKey,
    }),
  });
  const parts = (name: ServiceName | 'gateway'): Parts => {
    const { log, now } = options;
    const logger = createLogger({ service: name, level: logLevel, ...(log && { destination: log }) });
    const { brokers } = infrastructure;
    return {
      logger,
      ...(now && { now }),
      transport: brokers
        ? kafkaTransport({ brokers, clientId: name, topicPrefix, logger, ...kafkaOptions(kafka) })
        : shared,
    };
  };
  const launch = options.launch ?? ((name, given) => startHere[name](given, parts(name)));
  for (const name of services) {
    const service = await restartable(ports[name], (port) => launch(name, settings(name, port)));
    closers.add(name, () => service.stop());
    running[name] = { ...service, url: (await options.between?.(name, service.url)) ?? service.url };
  }

  const gateway = await startGateway(
    readConfig(gatewayConfig, {
      ...passedOn('gateway', environment),
      STAFF_PORT: String(ports.staff),
      PARTNER_PORT: String(ports.partner),
      CLIENTS_URL: running.clients?.url,
      TREATMENT_URL: running.treatment?.url,
      REFERRALS_URL: running.referrals?.url,
      NOTIFICATIONS_URL: running.notifications?.url,
      VIEWER_PRIVATE_KEY: keys.viewer.privateKey,
      OIDC_ISSUER: options.issuer,
      ...texts(options.gateway ?? {}),
    }),
    parts('gateway'),
  );
  closers.add('gateway', () => gateway.close());
  const all = running as Record<ServiceName, RestartableService>;
  return {
    gateway,
    services: all,
    call: callServices((name) => all[name].url, signingKeyOf(keys.viewer.privateKey)),
  };
}

function kafkaOptions(config: z.output<typeof kafkaConfig>) {
  return {
    security: kafkaSecurityOf(config),
    partitions: config.KAFKA_PARTITIONS,
    retentionDays: config.KAFKA_RETENTION_DAYS,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
  };
}

/** The secret in this repository is for the work on one machine; in production a cursor ends with the process instead. */
function cursorSecrets(environment: Environment): Environment {
  const isGiven = Boolean(environment.CURSOR_SECRETS) || Boolean(environment.CURSOR_SECRETS_FILE);
  if (isGiven || environment.NODE_ENV === 'production') return {};
  return { CURSOR_SECRETS: 'a cursor outlives a restart on this machine' };
}

/** As an environment holds them. */
function texts(settings: Readonly<Record<string, string | number>>): Environment {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
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
