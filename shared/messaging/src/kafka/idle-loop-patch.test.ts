import { patchIdleLoop, requestQueueClass } from './idle-loop-patch.ts';

describe('the patch of the idle loop', () => {
  it('finds the method that it replaces', () => {
    expect(requestQueueClass.prototype.scheduleCheckPendingRequests).toBeInstanceOf(Function);
  });

  it('looks for pending requests only when one waits or the broker has asked for a pause', () => {
    let looked = 0;
    class Queue {
      pending: unknown[] = [];
      throttledUntil = -1;
      scheduleCheckPendingRequests(): void {
        looked += 1;
      }
    }
    patchIdleLoop(Queue);
    const queue = new Queue();
    queue.scheduleCheckPendingRequests();
    expect(looked).toBe(0);

    queue.pending.push('a request');
    queue.scheduleCheckPendingRequests();
    queue.pending = [];
    queue.throttledUntil = Date.now() + 1000;
    queue.scheduleCheckPendingRequests();
    expect(looked).toBe(2);
  });
});
