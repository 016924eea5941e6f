import fc from 'fast-check';
import { findInstrument, getInstrument, instruments } from './definitions.ts';
import { bandOf, faultsOf, isForAge, score, type Answer, type Instrument } from './instrument.ts';

const get = (code: string) => getInstrument(code, '1');
const phq9 = get('PHQ-9');
const dast = get('DAST-10');

/** Answers that add up to `total`, spread over the scored items, the last ones first left at 0. */
function totalling(instrument: Instrument, total: number): Answer[] {
  let left = total;
  return instrument.items
    .filter((item) => item.scored && !item.reverse)
    .map(({ number, values }) => {
      const value = Math.min(left, Math.max(...values));
      left -= value;
      return { item: number, value };
    });
}

const all = (value: number, items = 9): Answer[] =>
  Array.from({ length: items }, (_, index) => ({ item: index + 1, value }));

describe('PHQ-9', () => {
  it.each([
    [0, 'MINIMAL', false],
    [4, 'MINIMAL', false],
    [5, 'MILD', false],
    [9, 'MILD', false],
    [10, 'MODERATE', true],
    [14, 'MODERATE', true],
    [15, 'MODERATELY_SEVERE', true],
    [19, 'MODERATELY_SEVERE', true],
    [20, 'SEVERE', true],
    [27, 'SEVERE', true],
  ])('a total of %p is %s', (total, band, positive) => {
    const result = score(phq9, totalling(phq9, total));
    expect(result).toMatchObject({ total, band, positive, prorated: false, missingItems: [] });
  });

  it.each([
    [0, []],
    [1, ['SUICIDE_ITEM']],
    [3, ['SUICIDE_ITEM']],
  ])('item 9 answered with %p raises %p', (value, flags) => {
    expect(score(phq9, [...all(0, 8), { item: 9, value }]).flags).toEqual(flags);
  });

  it('raises the flag even when there is no total', () => {
    expect(score(phq9, [{ item: 9, value: 1 }])).toMatchObject({
      total: null,
      band: null,
      positive: null,
      flags: ['SUICIDE_ITEM'],
    });
  });

  it.each([
    [9, 9, false],
    [8, 9, true],
    [7, 9, true],
    [6, null, false],
    [0, null, false],
  ])('with %p of nine items answered by 1 the total is %p', (answered, total, prorated) => {
    expect(score(phq9, all(1, answered))).toMatchObject({ total, prorated });
  });

  it('keeps the difficulty item out of the total and out of what is missing', () => {
    const without = score(phq9, all(1));
    expect(score(phq9, [...all(1), { item: 10, value: 3 }])).toEqual(without);
  });

  it.each([
    ['an unknown item', { item: 11, value: 0 }, 'UNKNOWN_ITEM'],
    ['item zero', { item: 0, value: 0 }, 'UNKNOWN_ITEM'],
    ['an item twice', { item: 1, value: 0 }, 'ANSWERED_TWICE'],
    ['a value above the range', { item: 2, value: 4 }, 'NOT_OFFERED'],
    ['a value below the range', { item: 2, value: -1 }, 'NOT_OFFERED'],
  ])('refuses %s', (_case, answer, code) => {
    expect(faultsOf(phq9, [{ item: 1, value: 1 }, answer])).toMatchObject([{ index: 1, code }]);
  });

  it.each([
    [17, false],
    [18, true],
    [99, true],
  ])('at age %p is valid: %p', (age, valid) => {
    expect(isForAge(phq9, { youngest: age, oldest: age })).toBe(valid);
  });

  it('honours an upper age where a tool has one', () => {
    const forYouth = { ...phq9, ages: { from: 11, to: 17 } };
    const at = (youngest: number, oldest = youngest) => isForAge(forYouth, { youngest, oldest });
    expect([at(10), at(11), at(17), at(18)]).toEqual([false, true, true, false]);
    expect([at(6, 10), at(10, 13), at(17, 64), at(18, 64)]).toEqual([false, true, true, false]);
  });
});

describe('GAD-7', () => {
  it.each([
    [4, 'MINIMAL', false],
    [5, 'MILD', false],
    [9, 'MILD', false],
    [10, 'MODERATE', true],
    [14, 'MODERATE', true],
    [15, 'SEVERE', true],
    [21, 'SEVERE', true],
  ])('a total of %p is %s', (total, band, positive) => {
    expect(score(get('GAD-7'), totalling(get('GAD-7'), total))).toMatchObject({ total, band, positive });
  });
});

describe('DAST-10', () => {
  it('counts "no" to item 3', () => {
    const nothing = all(0, 10).map(({ item }) => ({ item, value: item === 3 ? 1 : 0 }));
    expect(score(dast, nothing)).toMatchObject({ total: 0, band: 'NONE' });
    expect(score(dast, all(0, 10))).toMatchObject({ total: 1, band: 'LOW' });
    expect(score(dast, all(1, 10))).toMatchObject({ total: 9, band: 'SEVERE' });
  });

  it.each([
    [0, 'NONE'],
    [1, 'LOW'],
    [2, 'LOW'],
    [3, 'MODERATE'],
    [5, 'MODERATE'],
    [6, 'SUBSTANTIAL'],
    [8, 'SUBSTANTIAL'],
    [9, 'SEVERE'],
    [10, 'SEVERE'],
  ])('a total of %p is %s', (total, band) => {
    expect(bandOf(dast, total)).toBe(band);
  });

  it('has no total when an item is missing', () => {
    expect(score(dast, all(1, 9)).total).toBeNull();
  });
});

describe.each(instruments.map((instrument) => [instrument.code, instrument] as const))(
  'any answers to %s',
  (_code, instrument) => {
    const most = instrument.items
      .filter(({ scored }) => scored)
      .reduce((sum, { values }) => sum + Math.max(...values), 0);
    const answers: fc.Arbitrary<Answer[]> = fc
      .tuple(
        ...instrument.items.map(({ number, values }) =>
          fc.option(fc.constantFrom(...values).map((value) => ({ item: number, value }))),
        ),
      )
      .map((given) => given.filter((answer) => answer !== null));

    it('give a total within the range, with the band that holds it', () => {
      fc.assert(
        fc.property(answers, (given) => {
          const { total, band, positive } = score(instrument, given);
          if (total === null) return band === null && positive === null;
          return total >= 0 && total <= most && band === bandOf(instrument, total);
        }),
      );
    });

    it('raise a flag if and only if its item reaches the threshold', () => {
      fc.assert(
        fc.property(answers, (given) => {
          const { flags } = score(instrument, given);
          for (const rule of instrument.flagRules) {
            const answer = given.find(({ item }) => item === rule.item);
            expect(flags.includes(rule.flag)).toBe(answer !== undefined && answer.value >= rule.from);
          }
        }),
      );
    });

    it('are faultless, in whatever order they come', () => {
      fc.assert(
        fc.property(answers, (given) => {
          expect(faultsOf(instrument, given)).toEqual([]);
          expect(score(instrument, given.toReversed())).toEqual(score(instrument, given));
        }),
      );
    });

    it('put a higher total never into a lower band', () => {
      const rank = (total: number) =>
        instrument.bands.findIndex(({ code }) => code === bandOf(instrument, total));
      fc.assert(
        fc.property(fc.nat(most), fc.nat(most), (one, other) => {
          expect(rank(Math.max(one, other))).toBeGreaterThanOrEqual(rank(Math.min(one, other)));
        }),
      );
    });
  },
);

describe('the definitions', () => {
  it('say nothing of an unknown tool', () => {
    expect(findInstrument('PHQ-99')).toBeNull();
    expect(() => getInstrument('PHQ-9', '0')).toThrow('No definition');
  });

  it.each(instruments)('$code begins its bands at 0 and numbers its items from 1', ({ bands, items }) => {
    expect(bands[0]?.from).toBe(0);
    expect(bands.map(({ from }) => from)).toEqual(bands.map(({ from }) => from).toSorted((a, b) => a - b));
    expect(items.map(({ number }) => number)).toEqual(items.map((_item, index) => index + 1));
  });
});
