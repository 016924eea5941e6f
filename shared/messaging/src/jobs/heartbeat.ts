import type { DataSource } from 'typeorm';
import { schedule } from './job.ts';

export const HEARTBEAT = 'messaging.heartbeat';
const BEAT_SECONDS = 15;
/** A scheduler without a heartbeat for this time does not work. */
export const LATE_AFTER_SECONDS = 4 * BEAT_SECONDS;

export interface HeartbeatOptions {
  service: string;
  dataSource: DataSource;
}

/** A job of the queue itself shows that the queue works: it writes the time into the database and schedules the next one. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #beatAt = Date.now();

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    return schedule(this.#options.dataSource.manager, HEARTBEAT, {}, { jobKey: HEARTBEAT });
  }

  /** `ok`, or what is wrong. An open connection does not count. */
  health(): string {
    return Date.now() - this.#beatAt < LATE_AFTER_SECONDS * 1000 ? 'ok' : 'no heartbeat of the scheduler';
  }

  async beat(): Promise<void> {
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
}
