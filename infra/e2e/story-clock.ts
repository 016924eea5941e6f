import pg from 'pg';

const HOUR_MS = 60 * 60 * 1000;

/** How far a story moves its clock. */
export interface Forward {
  days?: number;
  hours?: number;
  minutes?: number;
}

/**
 * The clock of the four services in a story: it runs as the clock of the machine does, and the story moves it forward.
 * The queue of jobs goes by the clock of the database, so this clock makes the jobs due whose time it has passed.
 */
export class StoryClock {
  readonly #databaseUrls: readonly string[];
  #databases: pg.Pool[] = [];
  #aheadMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #running = Promise.resolve();

  constructor(databaseUrls: readonly string[]) {
    this.#databaseUrls = databaseUrls;
  }

  readonly now = (): Date => new Date(Date.now() + this.#aheadMs);

  /** Jobs that are due then run soon after; wait for their effect with `eventually`. */
  async forward({ days = 0, hours = 0, minutes = 0 }: Forward): Promise<void> {
    this.#aheadMs += (days * 24 + hours + minutes / 60) * HOUR_MS;
    if (this.#databases.length === 0) await this.#open();
    await this.#makeDue();
  }

  /** To the next time at which it is between this hour and the next there. */
  async forwardTo(hour: number, timeZone: string): Promise<void> {
    const there = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' });
    await this.forward({ hours: (24 + hour - Number(there.format(this.now()))) % 24 });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
    await Promise.all(this.#databases.map((database) => database.end()));
  }

  async #open(): Promise<void> {
    for (const connectionString of this.#databaseUrls) {
      const pool = new pg.Pool({ connectionString, max: 1 });
      this.#databases.push(pool);
      // A service without timers has no queue.
      const { rowCount } = await pool.query(`select 1 where to_regclass('graphile_worker.jobs') is not null`);
      if (rowCount === 0) await this.#databases.pop()?.end();
    }
    // A job that a fact leads to is written later, and may be due by this clock at once.
    this.#timer = setInterval(() => void this.#makeDue().catch(() => undefined), 250);
  }

  #makeDue(): Promise<void> {
    const next = this.#running.then(async () => {
      for (const database of this.#databases) await database.query(MAKE_DUE, [this.now()]);
    });
    this.#running = next.catch(() => undefined);
    return next;
  }
}

/** The heartbeat of the scheduler and its housekeeping go by the clock of the machine. */
const MAKE_DUE = `
  select count(*) from graphile_worker.reschedule_jobs(
    array(select id from graphile_worker.jobs
          where run_at > now() and run_at <= $1 and locked_at is null and attempts = 0
            and task_identifier not like 'messaging.%'),
    run_at => now())`;
