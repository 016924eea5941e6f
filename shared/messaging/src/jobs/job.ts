import { traceparent } from '@throughline/runtime';
import type { DataSource, EntityManager } from 'typeorm';
import { refuseDuringRebuild } from '../replay/no-effects.ts';

/** The work of a job. A job may run more than once, so it first checks whether its work is still wanted. */
export type Job = (payload: unknown, helpers: { dataSource: DataSource }) => Promise<void>;

/**
 * What a job waits for decides its class. Each class has a runner with slots of its own, so that one class never waits
 * for another.
 * timers: short work in the own database, at its time.
 * deliveries: calls to outsiders that have answered lately.
 * retries: calls to outsiders that have failed lately; they may hang without taking the slots of the others.
 * longWork: imports, exports, rebuilds, cleaning up.
 */
export type JobClass = 'timers' | 'deliveries' | 'retries' | 'longWork';

/** Jobs by class and name. A name stands in one class only. */
export type Jobs = Readonly<Partial<Record<JobClass, Readonly<Record<string, Job>>>>>;

/** How many jobs of a class one process runs at the same time. */
export type Slots = Readonly<Record<JobClass, number>>;

export const usualSlots: Slots = { timers: 4, deliveries: 16, retries: 16, longWork: 1 };

export interface When {
  /** The job does not run before; at once when left out. */
  runAt?: Date;
  /** A later job of the same key replaces the one that waits. */
  jobKey?: string;
  /** Jobs of one queue run one after the other. Keep the number of names small: each is a row. */
  queueName?: string;
}

/** Puts a job into the queue of the current transaction: it runs only if the transaction commits. */
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

/** Removes a waiting job. A job that runs at this moment finishes. */
export async function unschedule(tx: EntityManager, jobKey: string): Promise<void> {
  refuseDuringRebuild(tx, 'takes a job back');
  await tx.query(`select graphile_worker.remove_job($1)`, [jobKey]);
}
