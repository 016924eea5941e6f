import { startSubgraph } from '@throughline/graphql';
import { startMessaging, type Transport } from '@throughline/messaging';
import {
  Closers,
  createLogger,
  createMetrics,
  type Health,
  type Logger,
  type Running,
} from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import type { ReferralsConfig } from './config.ts';
import { releaseBasisReader } from './consent/release-basis.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { createJobs, createReactions } from './loop.ts';
import { createSchema } from './schema.ts';

export interface ReferralsOptions {
  transport: Transport;
  now?: () => Date;
  logger?: Logger;
}

export interface RunningReferrals extends Running {
  dataSource: DataSource;
}

/** Opens config, database, messaging and server in this order; `close` goes the other way. */
export async function startReferrals(
  config: ReferralsConfig,
  { transport, now = () => new Date(), logger = createLogger({ service: 'referrals' }) }: ReferralsOptions,
): Promise<RunningReferrals> {
  const closers = new Closers();
  const metrics = createMetrics('referrals');
  const dataSource = await createDataSource(config.DATABASE_URL, config.DATABASE_POOL_SIZE).initialize();
  closers.add('database', () => dataSource.destroy());

  const readReleaseBasis = releaseBasisReader({
    clientsUrl: config.CLIENTS_URL,
    viewerSecret: config.VIEWER_TOKEN_SECRET,
    timeoutMs: config.CLIENTS_TIMEOUT_MS,
  });
  const messaging = await startMessaging({
    service: 'referrals',
    dataSource,
    databaseUrl: config.DATABASE_URL,
    transport,
    reactions: createReactions(now),
    jobs: createJobs({ config, now, readReleaseBasis }),
    logger,
    metrics,
  });
  closers.add('messaging', () => messaging.close());

  const parts = { db: dataSource, config, logger, now, readReleaseBasis };
  const server = await startSubgraph({
    name: 'referrals',
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
  return { name: 'referrals', url: server.url, dataSource, close: () => closers.close(logger) };
}

async function readiness(dataSource: DataSource, messaging: Health): Promise<Health> {
  await dataSource.query('select 1');
  return { healthy: messaging.healthy, parts: { ...messaging.parts, database: 'ok' } };
}
