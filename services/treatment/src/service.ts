import { careTeamReactions } from '@throughline/care-team';
import { startSubgraph } from '@throughline/graphql';
import { startMessaging, type Reaction, type Transport } from '@throughline/messaging';
import {
  Closers,
  createLogger,
  createMetrics,
  type Health,
  type Logger,
  type Running,
} from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import type { TreatmentConfig } from './config.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { onNeedRecorded } from './need/on-need-recorded.ts';
import { createSchema } from './schema.ts';
import { onEveryFact } from './timeline/on-every-fact.ts';

/** What this service does when it hears of a fact, its own included. */
const reactions: Reaction[] = [...careTeamReactions, onNeedRecorded, ...onEveryFact];

export interface TreatmentOptions {
  transport: Transport;
  now?: () => Date;
  logger?: Logger;
}

export interface RunningTreatment extends Running {
  dataSource: DataSource;
}

/** Opens database, messaging and server in this order; `close` goes the other way. */
export async function startTreatment(
  config: TreatmentConfig,
  { transport, now = () => new Date(), logger = createLogger({ service: 'treatment' }) }: TreatmentOptions,
): Promise<RunningTreatment> {
  const closers = new Closers();
  const metrics = createMetrics('treatment');
  const dataSource = await createDataSource(config.DATABASE_URL, config.DATABASE_POOL_SIZE).initialize();
  closers.add('database', () => dataSource.destroy());
  const messaging = await startMessaging({
    service: 'treatment',
    dataSource,
    databaseUrl: config.DATABASE_URL,
    transport,
    reactions,
    logger,
    metrics,
  });
  closers.add('messaging', () => messaging.close());

  const server = await startSubgraph({
    name: 'treatment',
    port: config.PORT,
    schema: createSchema(),
    viewerSecret: config.VIEWER_TOKEN_SECRET,
    createContext: ({ viewer, requestId }) => createContext({ db: dataSource, now }, viewer, requestId),
    logger,
    ready: () => readiness(dataSource, messaging.health()),
    metrics,
  });
  closers.add('server', () => server.close());
  logger.info({ url: server.url }, 'listening');
  return { name: 'treatment', url: server.url, dataSource, close: () => closers.close(logger) };
}

async function readiness(dataSource: DataSource, messaging: Health): Promise<Health> {
  await dataSource.query('select 1');
  return { healthy: messaging.healthy, parts: { ...messaging.parts, database: 'ok' } };
}
