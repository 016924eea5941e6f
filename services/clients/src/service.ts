import { startSubgraph } from '@throughline/graphql';
import { startMessaging, type Job, type Reaction, type Transport } from '@throughline/messaging';
import {
  Closers,
  createLogger,
  createMetrics,
  type Health,
  type Logger,
  type Running,
} from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import type { ClientsConfig } from './config.ts';
import { expiryJob } from './consent/consent.commands.ts';
import { expireConsent } from './consent/expire-consent.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { onDisclosureMade } from './disclosure/on-disclosure-made.ts';
import { onReferralRequestStatusChanged } from './need/on-referral-request-status-changed.ts';
import { createSchema } from './schema.ts';

/** What this service does when it hears of another one's facts. */
const reactionsAt = (now: () => Date): Reaction[] => [onReferralRequestStatusChanged, onDisclosureMade(now)];

/** What it does when the time has come. */
const jobsAt = (now: () => Date, timeZone: string): Record<string, Job> => ({
  [expiryJob]: expireConsent({ now, timeZone }),
});

export interface ClientsOptions {
  transport: Transport;
  now?: () => Date;
  logger?: Logger;
}

export interface RunningClients extends Running {
  dataSource: DataSource;
}

/** Opens config, database, messaging and server in this order; `close` goes the other way. */
export async function startClients(
  config: ClientsConfig,
  { transport, now = () => new Date(), logger = createLogger({ service: 'clients' }) }: ClientsOptions,
): Promise<RunningClients> {
  const closers = new Closers();
  const metrics = createMetrics('clients');
  const dataSource = await createDataSource(config.DATABASE_URL, config.DATABASE_POOL_SIZE).initialize();
  closers.add('database', () => dataSource.destroy());

  const messaging = await startMessaging({
    service: 'clients',
    dataSource,
    databaseUrl: config.DATABASE_URL,
    transport,
    reactions: reactionsAt(now),
    jobs: jobsAt(now, config.PROGRAM_TIME_ZONE),
    logger,
    metrics,
  });
  closers.add('messaging', () => messaging.close());

  const parts = { db: dataSource, config, now };
  const server = await startSubgraph({
    name: 'clients',
    port: config.PORT,
    schema: createSchema(),
    viewerSecret: config.VIEWER_TOKEN_SECRET,
    createContext: ({ viewer, requestId }) => createContext(parts, viewer, requestId),
    logger,
    ready: () => readiness(dataSource, messaging.health()),
    metrics,
  });
  closers.add('server', () => server.close());
  logger.info({ url: server.url }, 'listening');
  return { name: 'clients', url: server.url, dataSource, close: () => closers.close(logger) };
}

async function readiness(dataSource: DataSource, messaging: Health): Promise<Health> {
  await dataSource.query('select 1');
  return { healthy: messaging.healthy, parts: { ...messaging.parts, database: 'ok' } };
}
