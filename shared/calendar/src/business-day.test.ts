import { addBusinessDays, isBusinessDay, nextBusinessDay } from './business-day.ts';

describe('a business day', () => {
  it.each([
    ['2026-11-25', true, 'a Wednesday'],
    ['2026-11-26', false, 'Thanksgiving'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-11-29', false, 'a Sunday'],
    ['2026-07-03', false, 'the Friday on which Independence Day is kept'],
    ['1969-12-28', false, 'a Sunday before 1970'],
    ['1969-12-30', true, 'a Tuesday before 1970'],
  ])('%s: %s, %s', (day, expected) => {
    expect(isBusinessDay(day)).toBe(expected);
  });

  it('is followed by the next one, over holidays and weekends', () => {
    expect(nextBusinessDay('2026-11-25')).toBe('2026-11-27');
    expect(nextBusinessDay('2026-11-30', -1)).toBe('2026-11-27');
    expect([0, 1, 2].map((count) => addBusinessDays('2026-11-25', count))).toEqual([
      ...['2026-11-25', '2026-11-27', '2026-11-30'],
    ]);
  });
});
