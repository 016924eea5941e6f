import type { Logger } from '@throughline/runtime';
import { Logger as WorkerLogger } from 'graphile-worker';
import { FailedJob } from '../failure.ts';

/**
 * Messages of the worker may hold the text of an error or a payload, so only their level is logged. A warning outside a
 * job and without an error is about settings: it is logged in the words of the worker.
 */
export function workerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(({ taskIdentifier: job }) => (level, message, meta) => {
    const error = meta.error instanceof FailedJob ? meta.error.cause : meta.error;
    if (level === 'error') logger.error({ job, error }, 'a job or its runner failed');
    if (level !== 'warning') return;
    const isOfSettings = job === undefined && error === undefined;
    logger.warn({ job, error }, isOfSettings ? message : 'a job or its runner is in trouble');
  });
}
