import fc from 'fast-check';
import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import {
  afterAttempt,
  afterReport,
  decideStep,
  queueDelivery,
  type Circumstances,
  type Delivery,
  type Way,
} from './delivery.ts';

const now = new Date('2036-03-03T15:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const open: Way = { address: 'somebody', language: 'en' };

const aDelivery = (route: MessageChannel[], more: Partial<Delivery> = {}): Delivery => ({
  ...queueDelivery(
    { notificationId: null, recipientType: 'STAFF', recipientId: 'r', code: 'CRISIS_L1', route },
    now,
    now,
  ),
  ...more,
});
const known = (
  ways: Partial<Record<MessageChannel, Way>>,
  more: Partial<Circumstances> = {},
): Circumstances => ({
  ...{ now, isSeen: false, withheld: null, quietUntil: null },
  ways: new Map(Object.entries(ways) as [MessageChannel, Way][]),
  ...more,
});

describe('the next step of a delivery', () => {
  const route: MessageChannel[] = ['VOICE', 'SMS', 'EMAIL'];
  it.each([
    [
      'takes the first channel that leads to the person',
      known({ VOICE: 'NO_ADDRESS', SMS: open }),
      { place: 1, channel: 'SMS' },
    ],
    ['waits for the end of quiet hours', known({ SMS: open }, { quietUntil: minutes(60) }), { kind: 'WAIT' }],
    [
      'ends when the person has seen it',
      known({ SMS: open }, { isSeen: true }),
      { state: 'SUPPRESSED', reason: 'SEEN' },
    ],
    [
      'ends for a prohibition of contact',
      known({ SMS: open }, { withheld: 'CONTACT_PROHIBITED' }),
      { reason: 'CONTACT_PROHIBITED' },
    ],
    ['ends when it is too late', known({ SMS: open }, { now: minutes(72 * 60) }), { state: 'EXPIRED' }],
    ['has failed when an address no longer works', known({ SMS: 'UNREACHABLE' }), { state: 'FAILED' }],
    [
      'says that there is no consent',
      known({ SMS: 'NO_CONSENT' }),
      { state: 'SUPPRESSED', reason: 'NO_CONSENT' },
    ],
    ['says STOP before it says that a channel is off', known({ SMS: 'STOPPED' }), { reason: 'STOPPED' }],
  ])('%s', (_case, circumstances, expected) => {
    expect(decideStep(aDelivery(route), circumstances)).toMatchObject(expected);
  });

  it('goes on where the delivery stands, and comes back to the first channel after the last', () => {
    const later = aDelivery(route, { place: 2 });
    expect(decideStep(later, known({ VOICE: open, EMAIL: open }))).toMatchObject({ place: 2 });
    expect(decideStep(later, known({ VOICE: open }))).toMatchObject({ place: 0 });
  });
});

describe('a provider that fails', () => {
  const failing = (outcomes: number, route: MessageChannel[]) => {
    let delivery = aDelivery(route);
    return Array.from({ length: outcomes }, () => {
      const at = delivery.nextAttemptAt;
      const place = delivery.place;
      delivery = afterAttempt(delivery, place, 'FAILED_FOR_NOW', at);
      return [route[place], (at.getTime() - now.getTime()) / 1000];
    });
  };

  it('is tried again after 30 s, 2 min, 10 min and 1 h; then the next channel is tried', () => {
    expect(failing(7, ['PUSH', 'EMAIL'])).toEqual([
      ['PUSH', 0],
      ['PUSH', 30],
      ['PUSH', 150],
      ['PUSH', 750],
      ['PUSH', 4350],
      ['EMAIL', 4350],
      ['EMAIL', 4380],
    ]);
  });

  it('for a day loses nothing: the last channel is not the end', () => {
    const tries = failing(60, ['EMAIL']);
    const dayLater = tries.filter(([, seconds]) => Number(seconds) > 24 * 3600);
    expect(dayLater.length).toBeGreaterThan(0);
  });

  it('for good leads to the next channel at once', () => {
    expect(afterAttempt(aDelivery(['SMS', 'EMAIL']), 0, 'FAILED_FOR_GOOD', now)).toMatchObject({
      ...{ place: 1, tries: 0, state: 'QUEUED', nextAttemptAt: now },
    });
  });

  it('whatever fails, an open delivery never stops and never waits longer than an hour', () => {
    const outcomes = fc.array(fc.constantFrom('FAILED_FOR_NOW', 'INTERRUPTED', 'FAILED_FOR_GOOD'), {
      maxLength: 60,
    });
    const route = fc.uniqueArray(fc.constantFrom<MessageChannel>('EMAIL', 'SMS', 'PUSH'), { minLength: 1 });
    fc.assert(
      fc.property(route, outcomes, (channels, all) => {
        let delivery = aDelivery(channels);
        for (const outcome of all) {
          const at = delivery.nextAttemptAt;
          delivery = afterAttempt(delivery, delivery.place, outcome, at);
          expect(delivery.state).toBe('QUEUED');
          expect(delivery.nextAttemptAt.getTime() - at.getTime()).toBeLessThanOrEqual(3_600_000);
          expect(channels[delivery.place]).toBeDefined();
        }
      }),
    );
  });
});

describe('a report of a provider', () => {
  const sent = afterAttempt(aDelivery(['SMS', 'EMAIL']), 0, 'ACCEPTED', now);
  it('says that a sent message arrived, or opens it again', () => {
    expect(afterReport(sent, 'DELIVERED', now)).toMatchObject({ state: 'DELIVERED' });
    expect(afterReport(sent, 'FAILED_FOR_GOOD', now)).toMatchObject({ state: 'QUEUED', place: 1 });
    expect(afterReport(sent, 'FAILED_FOR_NOW', now)).toMatchObject({ state: 'QUEUED', place: 0, tries: 1 });
  });

  it('changes nothing when it comes twice or too late', () => {
    const arrived = { ...sent, state: 'DELIVERED' as const };
    expect(afterReport(arrived, 'FAILED_FOR_GOOD', now)).toBeNull();
    expect(afterReport(sent, 'ACCEPTED', now)).toBeNull();
  });
});
