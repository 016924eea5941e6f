import type { DataSource, EntityManager } from 'typeorm';
import { readFailure, type Failure } from '../failure.ts';
import { LATE_AFTER_SECONDS } from './heartbeat.ts';

/** WAITING: for its time or its next attempt. RUNNING: a worker has it. FAILED: after its last attempt. */
export type TimerState = 'WAITING' | 'RUNNING' | 'FAILED';

/** A job that is not done. Without its payload: the view of the queue does not show it. */
export interface Timer {
  id: string;
  name: string;
  key: string | null;
  state: TimerState;
  runAt: Date;
  attempts: number;
  maxAttempts: number;
  lastError: Failure | null;
  lockedSince: Date | null;
  /** Its position in the list: its time with microseconds, which a Date loses, and its id. */
  position: readonly [runAt: string, id: string];
}

export interface TimerPage {
  names?: readonly string[] | null | undefined;
  states?: readonly TimerState[] | null | undefined;
  /** By time, then by id; ASC when left out. */
  order?: 'ASC' | 'DESC' | null | undefined;
  first: number;
  /** Position of the last job of the page before. */
  after: readonly string[] | null;
}

/** Scheduler of the timers of a service. */
export interface Scheduler {
  /** Time of its last heartbeat; null when it has none. */
  lastBeatAt: Date | null;
  isLate: boolean;
}

type Database = Pick<DataSource | EntityManager, 'query'>;
type Row = Omit<Timer, 'position' | 'lastError'> & { at: string; lastError: string | null; failedAt: Date };

const STATE = `case when locked_at is not null then 'RUNNING'
                    when attempts >= max_attempts then 'FAILED' else 'WAITING' end`;

/** A page of the timers of a service: one statement, and one that asks whether there are any. */
export async function listTimers(db: Database, page: TimerPage): Promise<Timer[]> {
  if (!(await hasQueue(db))) return [];
  const { names = null, states = null, first, after } = page;
  const [beyond, direction] = page.order === 'DESC' ? ['<', 'desc'] : ['>', 'asc'];
  const rows: Row[] = await db.query(
    `select id, task_identifier as name, key, ${STATE} as state, run_at as "runAt", run_at::text as at, attempts,
            max_attempts as "maxAttempts", last_error as "lastError", updated_at as "failedAt", locked_at as "lockedSince"
     from graphile_worker.jobs
     where ($1::text[] is null or task_identifier = any($1)) and ($2::text[] is null or ${STATE} = any($2))
       and ($3::timestamptz is null or (run_at, id) ${beyond} ($3::timestamptz, $4::bigint))
     order by run_at ${direction}, id ${direction} limit $5`,
    [names, states, after?.[0] ?? null, after?.[1] ?? null, first],
  );
  return rows.map(({ at, failedAt, lastError, ...row }) => ({
    ...row,
    lastError: lastError === null ? null : readFailure(lastError, failedAt),
    position: [at, row.id],
  }));
}

/** Null: the service has no timers. The clock of the database decides, as it does for the queue. */
export async function findScheduler(db: Database, service: string): Promise<Scheduler | null> {
  if (!(await hasQueue(db))) return null;
  const rows: Scheduler[] = await db.query(
    `select beat_at as "lastBeatAt", beat_at < now() - $2 * interval '1 second' as "isLate"
     from scheduler_heartbeat where worker = $1`,
    [service, LATE_AFTER_SECONDS],
  );
  return rows[0] ?? { lastBeatAt: null, isLate: true };
}

async function hasQueue(db: Database): Promise<boolean> {
  const rows: { has: boolean }[] = await db.query(
    `select to_regclass('graphile_worker.jobs') is not null as has`,
  );
  return rows[0]?.has === true;
}
