import { createRequire } from 'node:module';

interface RequestQueue {
  pending: unknown[];
  throttledUntil: number;
}

interface RequestQueueClass {
  prototype: RequestQueue & { scheduleCheckPendingRequests: (this: RequestQueue) => void };
}

export const requestQueueClass = createRequire(import.meta.url)(
  'kafkajs/src/network/requestQueue/index.js',
) as RequestQueueClass;

/**
 * kafkajs 2.2.4 looks for pending requests every millisecond on every connection (issues 1556 and 1704): 4 % of
 * a core each when idle, and a warning about negative time-outs on Node 24. Looking is needed only while a
 * request waits or the broker has asked for a pause.
 */
export function patchIdleLoop({ prototype }: RequestQueueClass = requestQueueClass): void {
  const original = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function schedule(): void {
    if (this.pending.length === 0 && this.throttledUntil <= Date.now()) return;
    original.call(this);
  };
}
