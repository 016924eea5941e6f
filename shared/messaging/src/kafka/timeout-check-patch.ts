import { createRequire } from 'node:module';

interface SentRequest {
  sentAt: number;
  requestTimeout: number;
  timeoutRequest(): void;
}

interface RequestQueue {
  inflight: Map<number, SentRequest>;
  requestTimeout: number;
  enforceRequestTimeout: boolean;
  requestTimeoutIntervalId: NodeJS.Timeout | null;
  isConnected(): boolean;
  /** Ends the check. */
  destroy(): void;
}

interface RequestQueueClass {
  prototype: RequestQueue & { scheduleRequestTimeoutCheck: (this: RequestQueue) => void };
}

const CHECK_EVERY_MS = 1000;

export const requestQueueClass = createRequire(import.meta.url)(
  'kafkajs/src/network/requestQueue/index.js',
) as RequestQueueClass;

/**
 * kafkajs 2.2.4 checks ten times a second on every connection whether a request has waited too long (30 s).
 * That was a third of the cost of an idle service. Once a second is enough.
 */
export function patchTimeoutCheck({ prototype }: RequestQueueClass = requestQueueClass): void {
  prototype.scheduleRequestTimeoutCheck = function schedule(): void {
    if (!this.enforceRequestTimeout) return;
    this.destroy();
    const check = (): void => {
      for (const request of this.inflight.values())
        if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest();
      if (!this.isConnected()) this.destroy();
    };
    this.requestTimeoutIntervalId = setInterval(check, Math.min(this.requestTimeout, CHECK_EVERY_MS));
  };
}
