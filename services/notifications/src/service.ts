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
import type { NotificationsConfig } from './config.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { escalationJobs } from './escalation/escalate-unacknowledged.ts';
import type { Desk } from './notification/notify.ts';
import { onCaseManagerAssigned } from './notification/on-case-manager-assigned.ts';
import { onConsentEnded } from './notification/on-consent-ended.ts';
import { onReferralSteps } from './notification/on-referral-step.ts';
import { onSafetyFlagRaised } from './notification/on-safety-flag-raised.ts';
import { onWebhookDisabled } from './notification/on-webhook-disabled.ts';
import { createSchema } from './schema.ts';
import { onStaffRecorded } from './staff/on-staff-recorded.ts';

/** What this service does when it hears of another one's facts: first remember, then tell. */
function reactionsOf(desk: Desk): Reaction[] {
  return [
    onStaffRecorded,
    ...careTeamReactions,
    onCaseManagerAssigned(desk),
    ...onConsentEnded(desk),
    onSafetyFlagRaised(desk),
    ...onReferralSteps(desk),
    onWebhookDisabled(desk),
  ];
}

export interface NotificationsOptions {
  transport: Transport;
  now?: () => Date;
  logger?: Logger;
}

export interface RunningNotifications extends Running {
  dataSource: DataSource;
}

/** Opens database, messaging and server in this order; `close` goes the other way, also after a failed start. */
export async function startNotifications(
  config: NotificationsConfig,
  options: NotificationsOptions,
): Promise<RunningNotifications> {
  const logger = options.logger ?? createLogger({ service: 'notifications', level: config.LOG_LEVEL });
  const closers = new Closers();
  try {
    const parts = await open(config, { now: () => new Date(), ...options, logger }, closers);
    return { name: 'notifications', ...parts, close: () => closers.close(logger) };
  } catch (error) {
    await closers.close(logger);
    throw error;
  }
}

async function open(
  config: NotificationsConfig,
  { transport, now, logger }: Required<NotificationsOptions>,
  closers: Closers,
): Promise<{ url: string; dataSource: DataSource }> {
  const metrics = createMetrics('notifications');
  const dataSource = await createDataSource(config.DATABASE_URL, config.DATABASE_POOL_SIZE).initialize();
  closers.add('database', () => dataSource.destroy());

  const desk: Desk = { now, timeZone: config.AGENCY_TIME_ZONE };
  const messaging = await startMessaging({
    service: 'notifications',
    dataSource,
    databaseUrl: config.DATABASE_URL,
    transport,
    reactions: reactionsOf(desk),
    jobs: escalationJobs(desk),
    logger,
    metrics,
  });
  closers.add('messaging', () => messaging.close());

  const server = await startSubgraph({
    name: 'notifications',
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
  return { url: server.url, dataSource };
}

async function readiness(dataSource: DataSource, messaging: Health): Promise<Health> {
  await dataSource.query('select 1');
  return { healthy: messaging.healthy, parts: { ...messaging.parts, database: 'ok' } };
}
