import fc from 'fast-check';
import { DateTime } from 'luxon';
import { deliverAt, knownZone, quietFaults, usualQuietHours } from './quiet-hours.ts';

describe('quiet hours', () => {
  it.each([
    ['New York, winter, evening', 'America/New_York', '2026-01-15T02:00:00Z', '2026-01-15T13:00:00Z'],
    ['New York, 21:00 sharp is quiet', 'America/New_York', '2026-07-02T01:00:00Z', '2026-07-02T12:00:00Z'],
    ['New York, 20:59 is not', 'America/New_York', '2026-07-02T00:59:00Z', '2026-07-02T00:59:00Z'],
    ['New York, 08:00 sharp is not', 'America/New_York', '2026-07-02T12:00:00Z', '2026-07-02T12:00:00Z'],
    [
      'New York, the short night: clocks go forward',
      'America/New_York',
      '2026-03-08T04:00:00Z',
      '2026-03-08T12:00:00Z',
    ],
    [
      'New York, the long night: clocks go back',
      'America/New_York',
      '2026-11-01T02:00:00Z',
      '2026-11-01T13:00:00Z',
    ],
    [
      'New York, within the hour that comes twice',
      'America/New_York',
      '2026-11-01T06:30:00Z',
      '2026-11-01T13:00:00Z',
    ],
    ['Berlin, the short night', 'Europe/Berlin', '2026-03-28T22:00:00Z', '2026-03-29T06:00:00Z'],
    ['Berlin, the long night', 'Europe/Berlin', '2026-10-24T21:00:00Z', '2026-10-25T07:00:00Z'],
    ['Berlin at noon', 'Europe/Berlin', '2026-10-25T11:00:00Z', '2026-10-25T11:00:00Z'],
  ])('%s', (_case, zone, now, expected) => {
    expect(deliverAt(new Date(now), zone).toISOString()).toBe(new Date(expected).toISOString());
  });

  it('may lie within one day', () => {
    const quiet = { from: '09:00', to: '17:00' };
    expect(deliverAt(new Date('2026-05-04T10:00:00Z'), 'UTC', quiet)).toEqual(
      new Date('2026-05-04T17:00:00Z'),
    );
    expect(deliverAt(new Date('2026-05-04T18:00:00Z'), 'UTC', quiet)).toEqual(
      new Date('2026-05-04T18:00:00Z'),
    );
  });

  it('never deliver early, never in the night, never more than a night late', () => {
    const moment = fc.date({
      noInvalidDate: true,
      min: new Date('2024-01-01'),
      max: new Date('2030-01-01'),
    });
    const zone = fc.constantFrom('America/New_York', 'Europe/Berlin', 'America/Phoenix', 'Asia/Kathmandu');
    fc.assert(
      fc.property(moment, zone, (now, timeZone) => {
        const at = deliverAt(now, timeZone);
        const hour = DateTime.fromJSDate(at, { zone: timeZone }).hour;
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(at.getTime() - now.getTime()).toBeLessThanOrEqual(12 * 3_600_000);
        expect(hour >= 8 && hour < 21).toBe(true);
      }),
    );
  });
});

describe('a chosen window', () => {
  it.each([
    ['21:00', '08:00', null],
    ['22:30', '06:15', null],
    ['24:00', '08:00', 'NOT_A_TIME'],
    ['9pm', '08:00', 'NOT_A_TIME'],
    ['08:00', '08:00', 'EMPTY'],
    ['08:00', '07:00', 'TOO_LONG'],
    ['18:00', '08:00', null],
    ['18:00', '08:01', 'TOO_LONG'],
  ])('from %s to %s: %p', (from, to, fault) => {
    expect(quietFaults({ from, to })[0]?.code ?? null).toBe(fault);
  });

  it('is 21:00 to 08:00 for a person who chose none', () => {
    expect(usualQuietHours).toEqual({ from: '21:00', to: '08:00' });
  });
});

describe('a time zone', () => {
  it.each([
    [['Europe/Berlin', 'America/New_York'], 'Europe/Berlin'],
    [[null, 'America/New_York'], 'America/New_York'],
    [['Mars/Olympus', 'America/New_York'], 'America/New_York'],
    [[undefined, 'nowhere'], 'UTC'],
  ])('%p is read as %s', (candidates, zone) => {
    expect(knownZone(...candidates)).toBe(zone);
  });
});
