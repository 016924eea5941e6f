import {
  createMetrics,
  usualTimeouts,
  type DatabaseTimeouts,
  type Logger,
  type Registry,
} from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { watchBacklog } from './backlog.ts';
import { Inbox, retryPolicy, type RetryPolicy } from './inbox.ts';
import { usualSlots, type Jobs, type Slots } from './jobs/job.ts';
import { JobRunners } from './jobs/job-runners.ts';
import { createMeters } from './meters.ts';
import type { Reaction } from './reaction.ts';
import { Relay } from './relay.ts';
import { Retrier } from './retrier.ts';
import type { Subscription, Transport } from './transport.ts';
import { onFactsCommitted } from './wake.ts';
import { watchedPublisher, watchedReaction } from './watched.ts';

export interface MessagingOptions {
  /** Name of the consumer group, and `source` of sent facts. */
  service: string;
  dataSource: DataSource;
  /** Address for the app role, for the sessions of relay and job runner. */
  databaseUrl: string;
  /** Time-outs of those sessions; the usual ones when left out. */
  timeouts?: DatabaseTimeouts;
  transport: Transport;
  reactions: readonly Reaction[];
  /** Without any class, no job runner is started. */
  jobs?: Jobs;
  /** How many jobs of each class run at the same time; the usual numbers when left out. */
  slots?: Partial<Slots>;
  logger: Logger;
  metrics?: Registry;
  retry?: RetryPolicy;
}

export interface Messaging {
  /** Sends the facts of the outbox now. A commit that records facts does this by itself. */
  wake(): void;
  /** One short reason per part; `ok` when nothing is wrong. */
  health(): Record<string, string>;
  /** In order: receive nothing new, finish running work, send what is left, stop the jobs. */
  close(): Promise<void>;
}

/** Starts a service's consumers, relay and job runner. Neither the broker nor the database need be up already. */
export async function startMessaging(options: MessagingOptions): Promise<Messaging> {
  const { service, dataSource, databaseUrl, transport, reactions, jobs = {}, logger } = options;
  const timeouts = options.timeouts ?? usualTimeouts;
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
    timeouts,
    connect: async () =>
      watchedPublisher(await transport.publisher(service, logger), { service, system, meters }),
    logger,
    meters,
  });
  relay.start();
  const stopListening = onFactsCommitted(dataSource, () => {
    relay.wake();
  });

  const shared = { service, dataSource, databaseUrl, timeouts, logger, meters };
  const runner =
    Object.keys(jobs).length > 0
      ? new JobRunners({ ...shared, jobs, slots: { ...usualSlots, ...options.slots } })
      : undefined;
  await runner?.start();

  return {
    wake: () => {
      relay.wake();
    },
    health: () => ({
      consumer: consumer.health(),
      relay: relay.health(),
      jobs: runner?.health() ?? 'ok',
    }),
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
