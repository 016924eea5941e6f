import { pgTimeouts, type DatabaseTimeouts, type Logger } from '@throughline/runtime';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Meters } from '../meters.ts';
import { ClassRunner } from './class-runner.ts';
import { CLEAN_UP, cleanUp, startCleanUp } from './clean-up.ts';
import { Heartbeat, HEARTBEAT } from './heartbeat.ts';
import { LOST_AFTER_SECONDS, watchLostJobs } from './lost-jobs.ts';
import type { Job, JobClass, Jobs, Slots } from './job.ts';

/** Connections beyond the listening ones: a job is taken and finished in one statement each. */
const SHARED_CONNECTIONS = 4;
const classes: readonly JobClass[] = ['timers', 'deliveries', 'retries', 'longWork'];

export interface JobsOptions {
  service: string;
  dataSource: DataSource;
  databaseUrl: string;
  timeouts: DatabaseTimeouts;
  jobs: Jobs;
  slots: Slots;
  /** After this time a timer that is still taken was taken by a process that is gone; 60 when left out. */
  lostAfterSeconds?: number | undefined;
  logger: Logger;
  meters: Pick<Meters, 'timerStarted' | 'slots'>;
}

/**
 * Runs the due jobs of this service's database, each class with slots of its own; several processes share the work. The
 * heartbeat has a runner for itself, so it waits behind no job.
 */
export class JobRunners {
  readonly #heartbeat: Heartbeat;
  readonly #options: JobsOptions;
  readonly #runners: readonly ClassRunner[];
  readonly #pool: pg.Pool;
  #stopWatching: (() => void) | undefined;

  constructor(options: JobsOptions) {
    this.#options = options;
    this.#heartbeat = new Heartbeat(options);
    const sets = this.#sets();
    // Opened only when needed. The worker warns of a pool that is smaller than the slots of one runner.
    const most = Math.max(sets.length + SHARED_CONNECTIONS, ...sets.map(({ slots: ofSet }) => ofSet));
    this.#pool = openPool(options, most);
    this.#runners = sets.map((set) => new ClassRunner({ ...options, ...set, pool: this.#pool }));
  }

  async start(): Promise<void> {
    for (const runner of this.#runners) await runner.start();
    await this.#heartbeat.start();
    await startCleanUp(this.#options.dataSource);
    const { jobs, lostAfterSeconds = LOST_AFTER_SECONDS } = this.#options;
    const names = [HEARTBEAT, ...Object.keys(jobs.timers ?? {})];
    this.#stopWatching = watchLostJobs({ ...this.#options, names, lostAfterSeconds });
  }

  /** `ok`, or what is wrong. */
  health(): string {
    return this.#heartbeat.health();
  }

  async close(): Promise<void> {
    this.#stopWatching?.();
    await Promise.all(this.#runners.map((runner) => runner.close()));
    await this.#pool.end();
  }

  #sets(): { name: string; slots: number; jobs: Readonly<Record<string, Job>> }[] {
    const { jobs, slots, dataSource, logger } = this.#options;
    const own: Jobs = {
      ...jobs,
      longWork: { ...jobs.longWork, [CLEAN_UP]: () => cleanUp({ dataSource, logger, pool: this.#pool }) },
    };
    const used = classes.flatMap((name) => {
      const ofClass = own[name] ?? {};
      return Object.keys(ofClass).length > 0 ? [{ name, slots: slots[name], jobs: ofClass }] : [];
    });
    return [{ name: 'heartbeat', slots: 1, jobs: { [HEARTBEAT]: () => this.#heartbeat.beat() } }, ...used];
  }
}

function openPool({ service, databaseUrl, timeouts }: JobsOptions, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: `${service} jobs`,
    max,
    ...pgTimeouts(timeouts),
  });
  // Without listeners a broken connection would end the process; the runner that used it notices and starts again.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
