import type { Logger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';

/** A timer is one short transaction: what is still taken after this time was taken by a process that is gone. */
export const LOST_AFTER_SECONDS = 60;

export interface LostJobsOptions {
  dataSource: DataSource;
  logger: Logger;
  /** Names of the jobs that are looked after. */
  names: readonly string[];
  lostAfterSeconds: number;
}

const FREE = `
  select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
  from graphile_worker.jobs
  where task_identifier = any($1) and locked_at < now() - $2 * interval '1 second'
  having count(*) > 0`;

/**
 * Frees jobs that a killed process had taken; the queue itself would wait for four hours. A job that is only slow runs a
 * second time, which it must bear anyway. Each process looks by itself and not by a job, which could be lost as well.
 * Answers how to stop.
 */
export function watchLostJobs({ dataSource, logger, names, lostAfterSeconds }: LostJobsOptions): () => void {
  const look = (): void => {
    dataSource.query(FREE, [names, lostAfterSeconds]).catch((error: unknown) => {
      logger.warn({ error }, 'lost jobs could not be freed');
    });
  };
  const timer = setInterval(look, (lostAfterSeconds * 1000) / 4).unref();
  return () => {
    clearInterval(timer);
  };
}
