import { startSubgraph, type Viewer } from '@throughline/graphql';
import { startMessaging, type Job, type Reaction, type Transport } from '@throughline/messaging';
import {
  Closers,
  createLogger,
  createMetrics,
  type Logger,
  type Registry,
  type Running,
  type ServiceConfig,
} from '@throughline/runtime';
import type { GraphQLSchema } from 'graphql';
import type { DataSource } from 'typeorm';
import { readiness } from './readiness.ts';

export interface ServiceOptions {
  transport: Transport;
  /** The server clock, UTC. */
  now?: () => Date;
  logger?: Logger;
  metrics?: Registry;
}

export interface RunningService extends Running {
  dataSource: DataSource;
}

/** What a service may use to put itself together. */
export interface ServiceParts {
  db: DataSource;
  now: () => Date;
  logger: Logger;
}

/** What is a service's own. */
export interface Assembly<Context extends object> {
  schema: GraphQLSchema;
  /** What it does when it hears of a fact. */
  reactions: readonly Reaction[];
  /** What it does when the time has come. */
  jobs?: Readonly<Record<string, Job>>;
  createContext: (viewer: Viewer, requestId: string) => Context;
}

export interface ServiceDefinition<Context extends object> {
  name: string;
  config: ServiceConfig;
  createDataSource: (url: string, poolSize: number) => DataSource;
  assemble: (parts: ServiceParts) => Assembly<Context>;
}

/** Opens database, messaging and server in this order; `close` goes the other way, also after a failed start. */
export async function startService<Context extends object>(
  definition: ServiceDefinition<Context>,
  options: ServiceOptions,
): Promise<RunningService> {
  const { name, config } = definition;
  const {
    now = () => new Date(),
    logger = createLogger({ service: name, level: config.LOG_LEVEL }),
    metrics = createMetrics(name),
  } = options;
  const closers = new Closers();
  try {
    const { url, db } = await open(definition, { ...options, now, logger, metrics }, closers);
    logger.info({ url }, 'listening');
    return { name, url, dataSource: db, close: () => closers.close(logger) };
  } catch (error) {
    await closers.close(logger);
    throw error;
  }
}

async function open<Context extends object>(
  { name, config, createDataSource, assemble }: ServiceDefinition<Context>,
  { transport, now, logger, metrics }: Required<ServiceOptions>,
  closers: Closers,
): Promise<{ url: string; db: DataSource }> {
  const db = await createDataSource(config.DATABASE_URL, config.DATABASE_POOL_SIZE).initialize();
  closers.add('database', () => db.destroy());

  const { schema, createContext, reactions, jobs = {} } = assemble({ db, now, logger });
  const messaging = await startMessaging({
    service: name,
    dataSource: db,
    databaseUrl: config.DATABASE_URL,
    transport,
    reactions,
    jobs,
    logger,
    metrics,
  });
  closers.add('messaging', () => messaging.close());

  const server = await startSubgraph({
    name,
    port: config.PORT,
    schema,
    viewerSecret: config.VIEWER_TOKEN_SECRET,
    createContext: ({ viewer, requestId }) => createContext(viewer, requestId),
    logger,
    ready: readiness(db, () => messaging.health()),
    metrics,
  });
  closers.add('server', () => server.close());
  return { url: server.url, db };
}
