import { changeFromBaseline, outcomeFaults, type OutcomeContent } from './outcome-data.ts';

const use = (rank: string, daysUsedPast30: number, substance = 'alcohol') => {
  return { substance, rank, daysUsedPast30, route: 'ORAL' };
};

describe('the change between admission and discharge', () => {
  it.each<[string, OutcomeContent, OutcomeContent, string[]]>([
    ['arrests', { arrestsPast30Days: 2 }, { arrestsPast30Days: 0 }, ['arrestsPast30Days 2 0 IMPROVED']],
    ['self-help', { selfHelpPast30Days: 8 }, { selfHelpPast30Days: 4 }, ['selfHelpPast30Days 8 4 WORSE']],
    [
      'days used',
      { substances: [use('PRIMARY', 20)] },
      { substances: [use('PRIMARY', 2)] },
      ['daysUsedPast30 20 2 IMPROVED'],
    ],
    [
      'another substance',
      { substances: [use('PRIMARY', 20)] },
      { substances: [use('PRIMARY', 2, 'opioids')] },
      [],
    ],
    ['a home', { living: 'NO_HOME' }, { living: 'SUPERVISED' }, ['living NO_HOME SUPERVISED IMPROVED']],
    ['the same', { legalStatus: 'NONE' }, { legalStatus: 'NONE' }, ['legalStatus NONE NONE SAME']],
    ['outside the ladder', { employment: 'FULL_TIME' }, { employment: 'RETIRED' }, []],
    ['asked once', { educationYears: 12 }, { educationYears: null }, []],
  ])('of %s', (_case, before, after, expected) => {
    const told = changeFromBaseline(before, after).map((one) => Object.values(one).join(' '));
    expect(told).toEqual(expected);
  });

  it('needs one primary substance, and each rank once', () => {
    const codes = (substances: ReturnType<typeof use>[]) =>
      outcomeFaults({ substances }).map(({ code }) => code);
    expect(codes([use('PRIMARY', 1), use('SECONDARY', 1)])).toEqual([]);
    expect(codes([use('SECONDARY', 1), use('SECONDARY', 1)])).toEqual(['DUPLICATE', 'REQUIRED']);
  });
});
