import type { Logger } from '@throughline/runtime';
import { Logger as WorkerLogger } from 'graphile-worker';
import { FailedJob } from '../failure.ts';

/** Messages of the worker may contain the text of an error, so only their level is logged. */
export function workerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(({ taskIdentifier }) => (level, _message, meta) => {
    const error = meta.error instanceof FailedJob ? meta.error.cause : meta.error;
    const fields = { job: taskIdentifier, error };
    if (level === 'error') logger.error(fields, 'a job or its runner failed');
    if (level === 'warning') logger.warn(fields, 'a job or its runner is in trouble');
  });
}
