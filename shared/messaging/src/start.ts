import {
  createMetrics,
  usualTimeouts,
  type DatabaseTimeouts,
  type Logger,
  type Registry,
} from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { watchBacklog } from './outbox/backlog.ts';
import { mustBeReader, type Reactions } from './inbox/concern.ts';
import { Consumers } from './inbox/consumers.ts';
import { retryPolicy, type RetryPolicy } from './inbox/inbox.ts';
import { usualSlots, type Jobs, type Slots } from './jobs/job.ts';
import { JobRunners } from './jobs/job-runners.ts';
import { createMeters } from './meters.ts';
import { startKeepingMonths } from './months/keep-months.ts';
import { watchMonths } from './months/watch-months.ts';
import { Relay } from './outbox/relay.ts';
import type { Transport } from './transport.ts';
import { onFactsCommitted } from './wake.ts';
import { watchedPublisher } from './inbox/watched.ts';

export interface MessagingOptions {
  /** `source` of what is sent, and the first part of the names of its consumers. */
  service: string;
  dataSource: DataSource;
  /** Address for the app role, for the sessions of relay and job runner. */
  databaseUrl: string;
  /** Time-outs of those sessions; the usual ones when left out. */
  timeouts?: DatabaseTimeouts;
  transport: Transport;
  reactions: Reactions;
  /** Without any class, no job runner is started. */
  jobs?: Jobs;
  /** How many jobs of each class run at the same time; the usual numbers when left out. */
  slots?: Partial<Slots>;
  /** After so many seconds a timer that is still taken was taken by a process that is gone; 60 when left out. */
  lostAfterSeconds?: number;
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

/** Starts the consumers, the relay and the job runners of a service. The broker need not be up already. */
export async function startMessaging(options: MessagingOptions): Promise<Messaging> {
  const { service, dataSource, databaseUrl, transport, reactions, jobs = {}, logger } = options;
  mustBeReader(service, reactions);
  const timeouts = options.timeouts ?? usualTimeouts;
  const system = transport.system ?? 'in_process';
  const metrics = options.metrics ?? createMetrics(service);
  const meters = createMeters(metrics, { system });
  watchBacklog(metrics, dataSource, { timers: Object.keys(jobs).length > 0 });
  watchMonths(metrics, dataSource);

  const consumers = new Consumers({
    ...{ service, dataSource, databaseUrl, transport, system, reactions, logger, meters },
    retry: options.retry ?? retryPolicy,
  });
  await consumers.start();

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
      ? new JobRunners({
          ...shared,
          jobs,
          slots: { ...usualSlots, ...options.slots },
          lostAfterSeconds: options.lostAfterSeconds,
        })
      : undefined;
  await runner?.start();
  const months = startKeepingMonths(dataSource, logger);

  return {
    wake: () => {
      relay.wake();
    },
    health: () => ({
      consumer: consumers.health(),
      relay: relay.health(),
      jobs: runner?.health() ?? 'ok',
    }),
    close: async () => {
      await consumers.close();
      await runner?.close();
      await months.close();
      stopListening();
      await relay.close();
    },
  };
}
