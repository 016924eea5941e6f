import fc from 'fast-check';
import { ageGroupOn, agesOn, nextAgeGroup } from './age.ts';
import { addDays, yearsBetween } from './day.ts';

const day = fc.integer({ min: 0, max: 36_500 }).map((count) => addDays('1930-01-01', count));
const later = fc.integer({ min: 0, max: 36_500 });

describe('an age group', () => {
  it.each([
    ['2021-11-23', 'AGE_0_5'],
    ['2020-11-24', 'AGE_0_5'],
    ['2020-11-23', 'AGE_6_10'],
    ['2015-11-23', 'AGE_11'],
    ['2014-11-23', 'AGE_12'],
    ['2013-11-23', 'AGE_13_17'],
    ['2008-11-24', 'AGE_13_17'],
    ['2008-11-23', 'AGE_18_64'],
    ['1961-11-24', 'AGE_18_64'],
    ['1961-11-23', 'AGE_65_PLUS'],
  ] as const)('of a person born on %s is %s on 23 November 2026', (dateOfBirth, ageGroup) => {
    expect(ageGroupOn(dateOfBirth, '2026-11-23')).toBe(ageGroup);
  });

  it('lasts until the next one begins, and is never the same as the next one', () => {
    fc.assert(
      fc.property(day, later, (dateOfBirth, count) => {
        const at = addDays(dateOfBirth, count);
        const now = ageGroupOn(dateOfBirth, at);
        const next = nextAgeGroup(dateOfBirth, at);
        expect(next === null).toBe(now === 'AGE_65_PLUS');
        if (!next) return;
        expect(next.from > at).toBe(true);
        expect(ageGroupOn(dateOfBirth, addDays(next.from, -1))).toBe(now);
        expect(ageGroupOn(dateOfBirth, next.from)).toBe(next.ageGroup);
        expect(next.ageGroup).not.toBe(now);
      }),
    );
  });

  it('known of one day never excludes the age that the person had on an earlier day', () => {
    fc.assert(
      fc.property(day, later, later, (dateOfBirth, lived, before) => {
        const known = addDays(dateOfBirth, lived);
        const earlier = addDays(known, -before);
        const age = yearsBetween(dateOfBirth, earlier);
        const { youngest, oldest } = agesOn(earlier, ageGroupOn(dateOfBirth, known), known);
        expect(youngest <= age && age <= oldest).toBe(true);
      }),
    );
  });

  it('shows that a day lies before birth', () => {
    expect(agesOn('2008-11-22', 'AGE_13_17', '2026-11-23').oldest).toBe(-1);
    expect(agesOn('2008-11-23', 'AGE_13_17', '2026-11-23').oldest).toBe(-1);
    expect(agesOn('2008-11-24', 'AGE_13_17', '2026-11-23').oldest).toBe(0);
  });
});
