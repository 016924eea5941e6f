import { remindersOf } from './appointment.ts';
import { optIn, optOut, wayOf } from './consent.ts';

const at = new Date('2036-03-10T19:00:00Z');
const hoursBefore = (hours: number) => new Date(at.getTime() - hours * 3_600_000);
const names = { referralId: 'r', clientId: 'c' };

describe('reminders of an appointment', () => {
  it.each([
    ['both, long before', hoursBefore(100), [48, 2]],
    ['the second one, a day before', hoursBefore(24), [2]],
    ['none, an hour before', hoursBefore(1), []],
    ['none at the very hour of the second one', hoursBefore(2), []],
  ])('are %s', (_what, now, expected) => {
    const reminders = remindersOf({ ...names, at }, now);
    expect(reminders.map(({ hoursBefore: hours }) => hours)).toEqual(expected);
    for (const { nextAttemptAt, hoursBefore: hours, expiresAt } of reminders) {
      expect(nextAttemptAt).toEqual(hoursBefore(hours ?? 0));
      expect(expiresAt).toEqual(at);
    }
  });

  it('are none without an appointment', () => {
    expect(remindersOf({ ...names, at: null }, hoursBefore(100))).toEqual([]);
  });
});

describe('the consent of a channel', () => {
  const by = { id: 'maria', now: at };
  const agreed = {
    clientId: 'c',
    channel: 'SMS' as const,
    address: ' +13055550123 ',
    language: 'es' as const,
  };
  const { insert: given } = optIn({ ...agreed, source: 'BY_PHONE' }, by) as {
    insert: Parameters<typeof wayOf>[0];
  };

  it('is a way to the person until it is ended', () => {
    expect(wayOf(given)).toEqual({ address: '+13055550123', language: 'es' });
    expect(wayOf(undefined)).toBe('NO_CONSENT');
    for (const [source, way] of [
      ['STOP_WORD', 'STOPPED'],
      ['UNREACHABLE', 'UNREACHABLE'],
      ['IN_PERSON', 'NO_CONSENT'],
    ] as const) {
      const ended = optOut(given ?? null, source, by);
      expect('insert' in ended && wayOf(ended.insert)).toBe(way);
    }
  });

  it('cannot be ended twice', () => {
    expect(optOut(null, 'STOP_WORD', by)).toMatchObject({ kind: 'NotFound' });
  });
});
