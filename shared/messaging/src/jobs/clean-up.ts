import { makeWorkerUtils } from 'graphile-worker';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { schedule } from './job.ts';
import { workerLogger } from './worker-logger.ts';
import type { Logger } from '@throughline/runtime';

export const CLEAN_UP = 'messaging.clean-up';
const EVERY_MS = 60 * 60 * 1000;

export interface CleanUpOptions {
  dataSource: DataSource;
  pool: pg.Pool;
  logger: Logger;
}

export function startCleanUp({ manager }: DataSource, runAt = new Date()): Promise<void> {
  return schedule(manager, CLEAN_UP, {}, { jobKey: CLEAN_UP, runAt });
}

/**
 * Once an hour: removes names of queues that no job uses, and jobs that failed for the last time more than 30
 * days ago. The queue itself removes a job that is done. Names of tasks stay, because a running worker has
 * their numbers in memory.
 */
export async function cleanUp({ dataSource, pool, logger }: CleanUpOptions): Promise<void> {
  await dataSource.query(FORGET_FAILED);
  const utils = await makeWorkerUtils({ pgPool: pool, logger: workerLogger(logger) });
  try {
    await utils.cleanup({ tasks: ['GC_JOB_QUEUES'] });
  } finally {
    await utils.release();
  }
  await startCleanUp(dataSource, new Date(Date.now() + EVERY_MS));
}

const FORGET_FAILED = `
  select count(*) from graphile_worker.complete_jobs(array(
    select id from graphile_worker.jobs
    where attempts >= max_attempts and locked_at is null and updated_at < now() - interval '30 days'))`;
