import { createMetrics, type Health, type Logger, type Registry } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { watchBacklog } from './backlog.ts';
import { Inbox, retryPolicy, type RetryPolicy } from './inbox.ts';
import { JobRunner, type Job } from './jobs.ts';
import { createMeters } from './meters.ts';
import type { Reaction } from './reaction.ts';
import { Relay } from './relay.ts';
import { Retrier } from './retrier.ts';
import type { Subscription, Transport } from './transport.ts';
import { onFactsCommitted } from './wake.ts';
import { watchedPublisher, watchedReaction } from './watched.ts';

export interface MessagingOptions {
  /** Name of the consumer group and `source` of what is sent. */
  service: string;
  dataSource: DataSource;
  /** Of the app role, for the relay's and the job runner's own sessions. */
  databaseUrl: string;
  transport: Transport;
  reactions: readonly Reaction[];
  /** Without any, no job runner is started. */
  jobs?: Readonly<Record<string, Job>>;
  logger: Logger;
  metrics?: Registry;
  retry?: RetryPolicy;
}

export interface Messaging {
  /** Sends at once what the outbox holds. Commits that record facts do this by themselves. */
  wake(): void;
  health(): Health;
  /** In order: hear nothing new, finish what is under way, send what is left, stop the jobs. */
  close(): Promise<void>;
}

/** Starts a service's consumers, relay and job runner. Neither the broker nor the database need be up already. */
export async function startMessaging(options: MessagingOptions): Promise<Messaging> {
  const { service, dataSource, databaseUrl, transport, reactions, jobs = {}, logger } = options;
  const system = transport.system ?? 'in_process';
  const metrics = options.metrics ?? createMetrics(service);
  const meters = createMeters(metrics, { service, system });
  watchBacklog(metrics, dataSource, { timers: Object.keys(jobs).length > 0 });

  const inboxOptions = {
    consumer: service,
    dataSource,
    reactions: reactions.map((reaction) => watchedReaction(reaction, { service, system, meters })),
    retry: options.retry ?? retryPolicy,
    logger,
    meters,
  };
  const retrier = new Retrier(inboxOptions);
  const inbox = new Inbox(inboxOptions, () => {
    retrier.nudge();
  });
  retrier.start();

  const topics = [...new Set(reactions.map(({ topic }) => topic))];
  const consumer = await transport.subscribe(
    { consumer: service, topics, ...deliveriesTo(inbox), watch: meters },
    logger,
  );

  const relay = new Relay({
    service,
    databaseUrl,
    connect: async () =>
      watchedPublisher(await transport.publisher(service, logger), { service, system, meters }),
    logger,
    meters,
  });
  relay.start();
  const stopListening = onFactsCommitted(dataSource, () => {
    relay.wake();
  });

  const runner =
    Object.keys(jobs).length > 0
      ? new JobRunner({ service, dataSource, databaseUrl, jobs, logger, meters })
      : undefined;
  await runner?.start();

  return {
    wake: () => {
      relay.wake();
    },
    health: () =>
      healthOf({ consumer: consumer.health(), relay: relay.health(), jobs: runner?.health() ?? 'ok' }),
    close: async () => {
      await consumer.close();
      await retrier.close();
      await runner?.close();
      stopListening();
      await relay.close();
    },
  };
}

function deliveriesTo(inbox: Inbox): Pick<Subscription, 'deliver' | 'together'> {
  return {
    deliver: (message) => inbox.deliver(message),
    together: {
      fits: (message) => inbox.fitsTogether(message),
      deliver: (messages) => inbox.deliverTogether(messages),
    },
  };
}

function healthOf(parts: Record<string, string>): Health {
  return { healthy: Object.values(parts).every((part) => part === 'ok'), parts };
}
