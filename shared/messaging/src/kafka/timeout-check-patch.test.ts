import { eventually } from '@throughline/testing';
import { patchTimeoutCheck, requestQueueClass } from './timeout-check-patch.ts';

class Queue {
  inflight = new Map<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>();
  requestTimeout = 5;
  enforceRequestTimeout = true;
  requestTimeoutIntervalId: NodeJS.Timeout | null = null;
  connected = true;
  ended = 0;
  isConnected(): boolean {
    return this.connected;
  }
  destroy(): void {
    this.ended += 1;
    if (this.requestTimeoutIntervalId) clearInterval(this.requestTimeoutIntervalId);
  }
  scheduleRequestTimeoutCheck(): void {
    throw new Error('this is what is replaced');
  }
}
patchTimeoutCheck(Queue);

describe('the patch of the check for requests that wait for too long', () => {
  it('finds the method that it replaces', () => {
    expect(requestQueueClass.prototype.scheduleRequestTimeoutCheck).toBeInstanceOf(Function);
  });

  it('gives up those that have waited for too long, and looks no more once the connection is gone', async () => {
    const queue = new Queue();
    const timedOut: string[] = [];
    const request = (name: string, sentAt: number) => ({
      ...{ sentAt, requestTimeout: 1000 },
      timeoutRequest: () => void timedOut.push(name),
    });
    queue.inflight.set(1, request('old', Date.now() - 1001));
    queue.inflight.set(2, request('new', Date.now() + 60_000));
    queue.scheduleRequestTimeoutCheck();
    await eventually(() => {
      expect(timedOut).toContain('old');
    });
    expect(timedOut).not.toContain('new');

    queue.connected = false;
    await eventually(() => {
      expect(queue.ended).toBe(2);
    });
  });

  it('looks at nothing where time-outs are switched off', () => {
    const queue = new Queue();
    queue.enforceRequestTimeout = false;
    queue.scheduleRequestTimeoutCheck();
    expect(queue.requestTimeoutIntervalId).toBeNull();
  });
});
