import fc from 'fast-check';
import { aClient, aConsent, aShelter } from './builders.ts';
import { hasAgreement } from './agency.ts';
import { consentIssues } from './consent-validity.ts';
import {
  addDays,
  addYears,
  dayIn,
  dayIsOver,
  endOfDay,
  instantAt,
  isDay,
  startOfDay,
  timeIn,
  weekdayOf,
  yearsBetween,
} from './day.ts';

const newYork = 'America/New_York';
const kolkata = 'Asia/Kolkata';
const utc = (text: string) => new Date(`${text}Z`);

/** Local time and the same moment in UTC: an ordinary evening, and the nights in which the clocks change. */
const evenings: [string, string, string, string][] = [
  [newYork, '2026-11-23', '2026-11-24T04:30', '2026-11-24T05:30'],
  [newYork, '2026-03-07', '2026-03-08T04:30', '2026-03-08T05:30'],
  [newYork, '2026-03-08', '2026-03-09T03:30', '2026-03-09T04:30'],
  [newYork, '2026-10-31', '2026-11-01T03:30', '2026-11-01T04:30'],
  [newYork, '2026-11-01', '2026-11-02T04:30', '2026-11-02T05:30'],
  [kolkata, '2026-11-23', '2026-11-23T18:00', '2026-11-23T19:00'],
  ['Europe/Berlin', '2026-03-28', '2026-03-28T22:30', '2026-03-28T23:30'],
  ['Europe/Berlin', '2026-03-29', '2026-03-29T21:30', '2026-03-29T22:30'],
  ['Europe/Berlin', '2026-10-24', '2026-10-24T21:30', '2026-10-24T22:30'],
  ['Europe/Berlin', '2026-10-25', '2026-10-25T22:30', '2026-10-25T23:30'],
];

describe.each(evenings)('in %s the day %s', (timeZone, day, late, early) => {
  const before = { now: utc(late), timeZone };
  const after = { now: utc(early), timeZone };
  const expiry = { kind: 'DATE' as const, date: day, eventText: null, eventOccurredAt: null };
  const codes = (consent: ReturnType<typeof aConsent>, at: typeof before, client = aClient()) =>
    consentIssues(consent, at, client).map(({ element, code }) => `${element} ${code}`);

  it('is still this day at 23:30 and the next one at 00:30', () => {
    expect(dayIn(timeZone, before.now)).toBe(day);
    expect(dayIn(timeZone, after.now)).toBe(addDays(day, 1));
    expect(dayIsOver(day, before)).toBe(false);
    expect(dayIsOver(day, after)).toBe(true);
  });

  it('ends between the two', () => {
    expect(endOfDay(day, timeZone).getTime() - before.now.getTime()).toBe(30 * 60_000);
    expect(endOfDay(day, timeZone)).toEqual(startOfDay(addDays(day, 1), timeZone));
  });

  it('as the last day of a consent lasts until midnight', () => {
    const consent = aConsent({ expiry, signedAt: '2026-01-01T12:00:00Z' });
    expect(codes(consent, before)).toEqual([]);
    expect(codes(consent, after)).toEqual(['status EXPIRED']);
  });

  it('does not lie before the evening on which a consent was signed', () => {
    expect(codes(aConsent({ expiry, signedAt: `${late}Z` }), before)).toEqual([]);
    expect(codes(aConsent({ expiry, signedAt: `${early}Z` }), after)).toContain('expiry INVALID');
  });

  it('as the day before the 18th birthday is a day of a minor, to its end', () => {
    const client = aClient({ dateOfBirth: addYears(addDays(day, 1), -18) });
    const signed = (at: string) => aConsent({ signedAt: `${at}Z` });
    expect(codes(signed(late), before, client)).toEqual(['authority INVALID']);
    expect(codes(signed(early), after, client)).toEqual([]);
  });

  it('as the first or last day of an agreement is a day of the agency', () => {
    const agreed = (from: string, to: string | null) =>
      aShelter({ timeZone, agreements: [{ type: 'MOU', from, to }] });
    expect(hasAgreement(agreed('2026-01-01', day), before.now)).toBe(true);
    expect(hasAgreement(agreed('2026-01-01', day), after.now)).toBe(false);
    expect(hasAgreement(agreed(addDays(day, 1), null), before.now)).toBe(false);
    expect(hasAgreement(agreed(addDays(day, 1), null), after.now)).toBe(true);
  });
});

describe('a day', () => {
  it.each([
    [
      'America/Santiago',
      '2026-09-06',
      '2026-09-06T04:00:00.000Z',
      'begins at 01:00 when clocks skip midnight',
    ],
    ['America/Santiago', '2026-04-05', '2026-04-05T04:00:00.000Z', 'begins once when clocks repeat midnight'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z', 'that never was begins with the next one'],
    ['Pacific/Kiritimati', '2026-05-05', '2026-05-04T10:00:00.000Z', 'begins 14 hours before UTC'],
  ])('in %s, %s: %s, it %s', (timeZone, day, at) => {
    expect(startOfDay(day, timeZone).toISOString()).toBe(at);
  });

  it('begins at its start and not a millisecond before, everywhere and always', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const days = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays('1990-01-01', count));
    fc.assert(
      fc.property(zones, days, (timeZone, day) => {
        const start = startOfDay(day, timeZone);
        expect(dayIn(timeZone, start) >= day).toBe(true);
        expect(dayIn(timeZone, new Date(start.getTime() - 1)) < day).toBe(true);
      }),
    );
  });

  it.each([
    ['2026-02-30', false],
    ['2024-02-29', true],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['soon', false],
  ])('is read: %s, %s', (text, known) => {
    expect(isDay(text)).toBe(known);
  });

  it('on 29 February comes back on 1 March in other years', () => {
    expect(addYears('2008-02-29', 18)).toBe('2026-03-01');
    expect(yearsBetween('2008-02-29', '2026-02-28')).toBe(17);
    expect(yearsBetween('2008-02-29', '2026-03-01')).toBe(18);
    expect(addYears('2008-02-29', 20)).toBe('2028-02-29');
  });
});

describe('a time on the clocks of a time zone', () => {
  it.each([
    ['an ordinary morning', '2026-11-23', '08:00', '2026-11-23T13:00'],
    ['before the clocks go forward', '2026-03-08', '01:59', '2026-03-08T06:59'],
    ['a time that is left out', '2026-03-08', '02:30', '2026-03-08T07:30'],
    ['after the clocks went forward', '2026-03-08', '08:00', '2026-03-08T12:00'],
    ['a time that comes twice, the first one', '2026-11-01', '01:30', '2026-11-01T05:30'],
    ['after the clocks went back', '2026-11-01', '08:00', '2026-11-01T13:00'],
  ])('is an instant: %s', (_what, day, time, instant) => {
    expect(instantAt(day, time, newYork)).toEqual(utc(instant));
  });

  it('is what the clocks show at that instant, on every day of the year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 4, max: 23 }), (count, hour) => {
        const day = addDays('2026-01-01', count);
        const time = `${String(hour).padStart(2, '0')}:15`;
        const instant = instantAt(day, time, newYork);
        expect([dayIn(newYork, instant), timeIn(newYork, instant)]).toEqual([day, time]);
      }),
    );
  });

  it('belongs to a day of the week', () => {
    expect([weekdayOf('2026-11-22'), weekdayOf('2026-11-27')]).toEqual(['SUNDAY', 'FRIDAY']);
  });
});
