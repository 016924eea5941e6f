import { standingCopy, Standings, type StandingSource } from '@throughline/care';
import {
  startSubgraph,
  useCursorSecrets,
  type AnswerFile,
  type InternalCall,
  type Viewer,
} from '@throughline/graphql';
import {
  startMessaging,
  type Jobs,
  type Reactions,
  type Slots,
  type Transport,
} from '@throughline/messaging';
import {
  Closers,
  createLogger,
  createMetrics,
  databaseTimeoutsOf,
  watchReadiness,
  type Logger,
  type Registry,
  type Running,
  type ServiceConfig,
} from '@throughline/runtime';
import type { GraphQLSchema } from 'graphql';
import type { DataSource } from 'typeorm';
import { awaitDatabase, notYet } from './await-database.ts';
import type { CreateDataSource } from './migrated-database.ts';
import { PoolWatch } from './pool-watch.ts';
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
  metrics: Registry;
}

/** What is a service's own. */
export interface Assembly<Context extends object> {
  schema: GraphQLSchema;
  /** What it does when it hears of a fact, by concern. */
  reactions: Reactions;
  /** What it does later, by class. */
  jobs?: Jobs;
  /** How many jobs of each class run at the same time, where the usual numbers do not fit. */
  slots?: Partial<Slots>;
  createContext: (viewer: Viewer, requestId: string) => Context;
  /** The partner with the roles that its records leave now; null without access. Left out: the token decides alone. */
  admitPartner?: Admit;
  /** Answers requests for files. */
  answerFile?: AnswerFile;
}

export interface ServiceDefinition<Context extends object> {
  name: string;
  config: ServiceConfig;
  createDataSource: CreateDataSource;
  /** The call that another service may make; left out: none. */
  internal?: InternalCall;
  /** Where it finds the standing of staff; null: it has no staff. Default: the copy that facts feed. */
  standing?: StandingSource | null;
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
    const { url, db, drain } = await open(definition, { ...options, now, logger, metrics }, closers);
    logger.info({ url }, 'listening');
    return { name, url, dataSource: db, drain, close: () => closers.close(logger) };
  } catch (error) {
    await closers.close(logger);
    throw error;
  }
}

async function open<Context extends object>(
  { name, config, createDataSource, assemble, internal, standing = standingCopy }: ServiceDefinition<Context>,
  { transport, now, logger, metrics }: Required<ServiceOptions>,
  closers: Closers,
): Promise<{ url: string; db: DataSource; drain: () => Promise<void> }> {
  const { DATABASE_URL, DATABASE_START_WAIT_MS: waitMs } = config;
  await awaitDatabase(DATABASE_URL, { setting: 'DATABASE_URL', waitMs, retrying: notYet(logger) });
  const timeouts = databaseTimeoutsOf(config);
  const db = await createDataSource(DATABASE_URL, config.DATABASE_POOL_SIZE, timeouts).initialize();
  closers.add('database', () => db.destroy());
  const watch = new PoolWatch(db, { silenceLimitMs: config.DATABASE_SILENCE_LIMIT_MS });
  closers.add('pool watch', () => watch.close());

  useCursorSecrets(config.CURSOR_SECRETS);
  const {
    schema,
    createContext,
    admitPartner,
    answerFile,
    reactions,
    jobs = {},
    slots = {},
  } = assemble({ db, now, logger, metrics });
  const standings =
    standing && (await Standings.open({ source: standing, db, databaseUrl: DATABASE_URL, logger }));
  closers.add('standings', () => standings?.close());
  const messaging = await startMessaging({
    service: name,
    dataSource: db,
    databaseUrl: config.DATABASE_URL,
    timeouts,
    transport,
    reactions,
    jobs,
    slots,
    logger,
    metrics,
  });
  closers.add('messaging', () => messaging.close());

  const ready = readiness(db, () => messaging.health());
  watchReadiness(metrics, ready);
  const server = await startSubgraph({
    name,
    port: config.PORT,
    host: config.LISTEN_HOST,
    schema,
    viewerKeys: config.VIEWER_PUBLIC_KEYS,
    ...(internal && { internal }),
    admit: admission(standings, admitPartner),
    createContext: ({ viewer, requestId }) => createContext(viewer, requestId),
    ...(answerFile && { answerFile }),
    logger,
    ready,
    alive: watch.alive,
    metrics,
  });
  closers.add('server', () => server.close());
  return { url: server.url, db, drain: () => server.drain() };
}

type Admit = (viewer: Viewer) => Promise<Viewer | null>;

/** Who may ask anything at all: a token is hours old, what the records say is of now. */
function admission(
  standings: Standings | null,
  admitPartner: Admit = (viewer) => Promise.resolve(viewer),
): Admit {
  return async (viewer) => {
    if (viewer.graph === 'PARTNER') return admitPartner(viewer);
    return standings ? standings.admit(viewer) : viewer;
  };
}
