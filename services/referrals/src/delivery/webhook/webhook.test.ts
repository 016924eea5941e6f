import { readRetryAfter } from './safe-request.ts';
import { messageOf, nextAttemptAt, retryDelaysMs, throttledUntil } from './webhook.ts';

const now = new Date('2026-11-23T12:00:00Z');

describe('an event for an agency', () => {
  it('is the message of the reference, and no more', () => {
    const event = { agencyId: 'a', number: '17', id: 'e', referralId: 'r', occurredAt: now };
    const message = messageOf({
      ...event,
      type: 'partner.referral.sent',
      status: 'SENT',
      priority: 'URGENT',
    });
    expect(Object.keys(JSON.parse(message) as object)).toEqual([
      ...['specversion', 'id', 'type', 'source', 'subject', 'time', 'sequence', 'data'],
    ]);
    expect(message).toContain('"data":{"referralId":"r","status":"SENT","priority":"URGENT"}');
  });

  it('is tried ten times within 75 h 35 min, plus a tenth at most', () => {
    const waits = retryDelaysMs.map((_delay, attempts) => nextAttemptAt(attempts, now, 0)?.getTime());
    expect(waits.reduce<number>((sum, at) => sum + (at ?? 0) - now.getTime(), 0)).toBe(
      (75 * 60 + 35) * 60_000 + 5_000,
    );
    expect(nextAttemptAt(1, now, 1)).toEqual(new Date(now.getTime() + 5_500));
    expect(nextAttemptAt(retryDelaysMs.length, now, 0)).toBeNull();
  });
});

describe('a receiver that answers 429', () => {
  const delivery = { createdAt: new Date('2026-11-23T11:00:00Z') };

  it.each<[string | undefined, number | null]>([
    ['120', 120_000],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['soon', null],
    [undefined, null],
  ])('and says Retry-After %s asks for %s ms', (text, wait) => {
    expect(readRetryAfter(text, now.getTime())).toBe(wait);
  });

  it.each<[number | null, string | null]>([
    [120_000, '2026-11-23T12:02:00Z'],
    [0, '2026-11-23T12:00:01Z'],
    [9e9, '2026-11-24T12:00:00Z'],
    [null, null],
  ])('and asks for %s ms is tried again at %s', (wait, at) => {
    expect(throttledUntil(delivery, wait, now)).toEqual(at && new Date(at));
  });

  it('for five days has failed', () => {
    expect(throttledUntil({ createdAt: new Date('2026-11-18T11:59:59Z') }, 1_000, now)).toBeNull();
  });
});
