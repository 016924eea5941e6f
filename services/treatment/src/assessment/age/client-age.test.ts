import type { AgeGroup } from '@throughline/privacy';
import { ageOn, type ClientAge } from './client-age.ts';

const zone = 'America/New_York';
const told = (knownAt: string, ageGroup: AgeGroup): ClientAge => ({
  ...{ clientId: 'client', ageGroup },
  knownAt: new Date(knownAt),
});
const history = [told('2026-11-24T05:00:00Z', 'AGE_18_64'), told('2025-03-01T15:00:00Z', 'AGE_13_17')];

describe('the age of a client on a day', () => {
  it.each([
    ['2026-11-24', 'AGE_18_64', 18, 64],
    ['2026-11-23', 'AGE_13_17', 13, 17],
    ['2025-03-01', 'AGE_13_17', 13, 17],
    ['2025-02-28', 'AGE_13_17', 12, 17],
    ['2020-03-01', 'AGE_13_17', 7, 12],
    ['2006-01-01', 'AGE_13_17', -7, -2],
  ])('%s: %s, between %i and %i years', (day, ageGroup, youngest, oldest) => {
    expect(ageOn(day, history, zone)).toEqual({ ageGroup, youngest, oldest });
  });

  it('is not known when nothing was told', () => {
    expect(ageOn('2026-11-24', [], zone)).toBeNull();
  });
});
