import { inSpan, traceparent, type Logger } from '@throughline/runtime';
import {
  Logger as WorkerLogger,
  run,
  runMigrations,
  type Runner,
  type Task,
  type TaskList,
} from 'graphile-worker';
import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { FailedJob } from './failure.ts';
import type { Meters } from './meters.ts';
import { refuseDuringRebuild } from './replay/no-effects.ts';

/** What is done when the time has come. A job may run more than once, so it checks whether it is still wanted. */
export type Job = (payload: unknown, helpers: { dataSource: DataSource }) => Promise<void>;

export interface When {
  /** Not before; at once when left out. */
  runAt?: Date;
  /** A later job of the same key replaces the one that waits. */
  jobKey?: string;
  /** Jobs of one queue run one after the other. */
  queueName?: string;
}

/** Puts a job into the queue of the current transaction: it runs only if that commits. */
export async function schedule(
  tx: EntityManager,
  job: string,
  payload: object,
  { runAt, jobKey, queueName }: When = {},
): Promise<void> {
  refuseDuringRebuild(tx, 'schedules a job');
  await tx.query(
    `select graphile_worker.add_job($1, $2::json, run_at => $3, job_key => $4, queue_name => $5)`,
    [
      job,
      JSON.stringify({ ...payload, traceparent: traceparent() }),
      runAt ?? null,
      jobKey ?? null,
      queueName ?? null,
    ],
  );
}

/** Takes a waiting job out again. One that runs at this moment finishes. */
export async function unschedule(tx: EntityManager, jobKey: string): Promise<void> {
  refuseDuringRebuild(tx, 'takes a job back');
  await tx.query(`select graphile_worker.remove_job($1)`, [jobKey]);
}

/** Row level security is on for the queue's tables and knows only their owner: the app role needs a policy too. */
const GRANT = `
do $$
declare
  app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  tab record;
begin
  execute 'grant usage on schema graphile_worker to ' || app;
  execute 'grant select, insert, update, delete on all tables in schema graphile_worker to ' || app;
  execute 'grant usage, select on all sequences in schema graphile_worker to ' || app;
  execute 'grant execute on all functions in schema graphile_worker to ' || app;
  for tab in
    select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity
  loop
    execute format('drop policy if exists app on graphile_worker.%I', tab.tablename);
    execute format('create policy app on graphile_worker.%I to %s using (true) with check (true)', tab.tablename, app);
  end loop;
end $$`;

/** Brings the job queue's own tables up to date, as the owner, and lets the app role use them. */
export async function migrateJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: quiet });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(GRANT);
  } finally {
    await client.end();
  }
}

const HEARTBEAT = 'messaging.heartbeat';
const BEAT_SECONDS = 15;
/** A scheduler without a heartbeat for so long is not working. */
export const LATE_AFTER_SECONDS = 4 * BEAT_SECONDS;
const quiet = new WorkerLogger(() => () => undefined);

export interface JobsOptions {
  service: string;
  dataSource: DataSource;
  databaseUrl: string;
  jobs: Readonly<Record<string, Job>>;
  logger: Logger;
  meters: Pick<Meters, 'timerStarted'>;
}

/** Runs the due jobs of this service's database; several processes share the work. */
export class JobRunner {
  readonly #options: JobsOptions;
  #runner: Runner | undefined;
  #beatAt = Date.now();
  #closed = false;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { databaseUrl, dataSource, logger } = this.#options;
    const runner = await run({
      connectionString: databaseUrl,
      taskList: this.#tasks(),
      concurrency: 3,
      maxPoolSize: 5,
      pollInterval: 1000,
      noHandleSignals: true,
      logger: workerLogger(logger),
    });
    this.#runner = runner;
    await schedule(dataSource.manager, HEARTBEAT, {}, { jobKey: HEARTBEAT });
    // The worker gives up when it loses the database for long; the service does not.
    void runner.promise.catch(() => undefined).then(() => this.#restart());
  }

  /** A worker that has not run its own heartbeat for a minute is not working, whatever its connection says. */
  health(): string {
    return Date.now() - this.#beatAt < LATE_AFTER_SECONDS * 1000 ? 'ok' : 'no heartbeat of the scheduler';
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#runner?.stop().catch(() => undefined);
  }

  #tasks(): TaskList {
    const { service, jobs, dataSource, meters } = this.#options;
    const all: Record<string, Job> = { ...jobs, [HEARTBEAT]: () => this.#beat() };
    const tasks = Object.entries(all).map(([name, job]): [string, Task] => [
      name,
      (payload, { job: { id, run_at: runAt } }) => {
        meters.timerStarted(name, (Date.now() - runAt.getTime()) / 1000);
        const { traceparent: parent = '', ...own } = payload as { traceparent?: string };
        const attributes = { 'throughline.job': name, 'throughline.job.id': id };
        return inSpan(
          () => ({ by: service, name: 'run job', kind: 'consumer', parent, attributes }),
          () => job(own, { dataSource }),
        ).catch((error: unknown) => {
          throw new FailedJob(error);
        });
      },
    ]);
    return Object.fromEntries(tasks);
  }

  async #beat(): Promise<void> {
    const { service, dataSource } = this.#options;
    await dataSource.query(
      `insert into scheduler_heartbeat (worker, beat_at) values ($1, now())
       on conflict (worker) do update set beat_at = excluded.beat_at`,
      [service],
    );
    const runAt = new Date(Date.now() + BEAT_SECONDS * 1000);
    await schedule(dataSource.manager, HEARTBEAT, {}, { jobKey: HEARTBEAT, runAt });
    this.#beatAt = Date.now();
  }

  async #restart(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 1000).unref());
    if (this.#closed) return;
    this.#options.logger.warn({}, 'the job runner stopped and is started again');
    await this.start().catch((error: unknown) => {
      this.#options.logger.error({ error }, 'the job runner could not be started');
      return this.#restart();
    });
  }
}

/** The worker's own texts may quote an error, so only their level passes. */
function workerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(({ taskIdentifier }) => (level, _message, meta) => {
    const error = meta.error instanceof FailedJob ? meta.error.cause : meta.error;
    const fields = { job: taskIdentifier, error };
    if (level === 'error') logger.error(fields, 'a job or its runner failed');
    if (level === 'warning') logger.warn(fields, 'a job or its runner is in trouble');
  });
}
