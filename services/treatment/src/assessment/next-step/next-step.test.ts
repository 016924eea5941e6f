import { dueAt } from './next-step.ts';

const timeZone = 'America/New_York';
/** 10:00 in New York, in winter. */
const at = (day: string) => ({ now: new Date(`${day}T15:00:00Z`), timeZone });

describe('the time until which a step is due', () => {
  it.each([
    ['0 business days', '2026-11-25', { businessDays: 0 }, '2026-11-26T05:00:00.000Z'],
    ['1 business day before Thanksgiving', '2026-11-25', { businessDays: 1 }, '2026-11-28T05:00:00.000Z'],
    ['2 business days before Thanksgiving', '2026-11-25', { businessDays: 2 }, '2026-12-01T05:00:00.000Z'],
    ['1 business day on a Saturday', '2026-11-21', { businessDays: 1 }, '2026-11-24T05:00:00.000Z'],
    ['7 days', '2026-11-25', { days: 7 }, '2026-12-03T05:00:00.000Z'],
    ['24 hours', '2026-11-25', { hours: 24 }, '2026-11-26T15:00:00.000Z'],
  ])('is right for %s', (_case, day, within, expected) => {
    const due = dueAt(within, at(day));
    // The end of a day is the instant before the next one begins.
    expect(new Date(Math.ceil(due.getTime() / 1000) * 1000).toISOString()).toBe(expected);
  });
});
