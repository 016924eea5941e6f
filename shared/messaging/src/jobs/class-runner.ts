import { inSpan, type Logger } from '@throughline/runtime';
import { run, type Runner, type Task, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { FailedJob } from '../failure.ts';
import type { Meters } from '../meters.ts';
import type { Job } from './job.ts';
import { workerLogger } from './worker-logger.ts';

/**
 * Without batches the worker forgets the promise of its report that a job is done: a failure would end the process, and a
 * close would not wait for it.
 */
const reportInBatches = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };

export interface ClassRunnerOptions {
  /** Name of the class in metrics and log. */
  name: string;
  /** How many jobs run at the same time. */
  slots: number;
  jobs: Readonly<Record<string, Job>>;
  service: string;
  dataSource: DataSource;
  pool: pg.Pool;
  logger: Logger;
  meters: Pick<Meters, 'timerStarted' | 'slots'>;
}

/** Runs the due jobs of one class. A worker asks only for jobs that it knows, so classes never see each other's jobs. */
export class ClassRunner {
  readonly #options: ClassRunnerOptions;
  #runner: Runner | undefined;
  #busy = 0;
  #closed = false;

  constructor(options: ClassRunnerOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { pool, slots, logger } = this.#options;
    this.#meter();
    const runner = await run({
      pgPool: pool,
      preset: reportInBatches,
      taskList: this.#tasks(),
      concurrency: slots,
      pollInterval: 1000,
      noHandleSignals: true,
      logger: workerLogger(logger),
    });
    this.#runner = runner;
    // The worker gives up when it loses the database for long; the service does not.
    void runner.promise.catch(() => undefined).then(() => this.#restart());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#runner?.stop().catch(() => undefined);
  }

  #tasks(): TaskList {
    return Object.fromEntries(
      Object.entries(this.#options.jobs).map(([name, job]) => [name, this.#task(name, job)]),
    );
  }

  #task(name: string, job: Job): Task {
    const { service, dataSource, meters } = this.#options;
    return async (payload, { job: { id, run_at: runAt } }) => {
      meters.timerStarted(name, (Date.now() - runAt.getTime()) / 1000);
      const { traceparent: parent = '', ...own } = payload as { traceparent?: string };
      const attributes = { 'throughline.job': name, 'throughline.job.id': id };
      this.#meter(1);
      try {
        await inSpan(
          () => ({ by: service, name: 'run job', kind: 'consumer', parent, attributes }),
          () => job(own, { dataSource }),
        );
      } catch (error) {
        throw new FailedJob(error);
      } finally {
        this.#meter(-1);
      }
    };
  }

  #meter(change: -1 | 0 | 1 = 0): void {
    const { name, slots, meters } = this.#options;
    this.#busy += change;
    meters.slots(name, { busy: this.#busy, slots });
  }

  async #restart(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1000).unref());
    if (this.#closed) return;
    const { logger, name } = this.#options;
    logger.warn({ id: name }, 'a job runner stopped and is started again');
    await this.start().catch((error: unknown) => {
      logger.error({ id: name, error }, 'a job runner could not be started');
      return this.#restart();
    });
  }
}
