import fc from 'fast-check';
import { findInstrument, findVersion, instruments } from './definitions.ts';
import { byItem, faultsOf, isAsked, isForAge, valuesOf, type Answer, type Instrument } from './instrument.ts';
import { bandOf, score } from './score.ts';

function get(code: string): Instrument {
  const found = findInstrument(code);
  if (!found) throw new Error(`There is no ${code}`);
  return found;
}
const all = (value: number, items: number): Answer[] =>
  Array.from({ length: items }, (_, index) => ({ item: index + 1, value }));
const listed = (...values: number[]): Answer[] => values.map((value, index) => ({ item: index + 1, value }));

/** One answer sheet, as on paper, with what the published scoring makes of it. */
const golden: readonly [code: string, what: string, answers: Answer[], expected: object][] = [
  ['PHQ-9', 'all 1', all(1, 9), { total: 9, band: 'MILD', positive: false, flags: ['SUICIDE_ITEM'] }],
  ['PHQ-9', '10', listed(3, 3, 2, 1, 1), { total: null, missingItems: [6, 7, 8, 9] }],
  ['PHQ-9', 'one missing', all(1, 8), { total: 9, prorated: true, flags: [], missingItems: [9] }],
  ['PHQ-9', 'severe', all(3, 9), { total: 27, band: 'SEVERE', positive: true }],
  ['PHQ-9', 'PHQ-2 inside', listed(2, 1, 0, 0, 0, 0, 0, 0, 0), { subscores: [{ total: 3, positive: true }] }],
  ['PHQ-2', 'cut-off', listed(2, 1), { total: 3, positive: true }],
  ['PHQ-2', 'below', listed(1, 1), { total: 2, positive: false }],
  ['GAD-7', '15', listed(3, 3, 3, 3, 3, 0, 0), { total: 15, band: 'SEVERE', positive: true }],
  ['AUDIT', '0-2-4 items', listed(1, 0, 0, 0, 0, 0, 0, 0, 4, 2), { total: 7, band: 'LOW', positive: false }],
  ['AUDIT', '20', listed(4, 4, 4, 0, 0, 0, 0, 0, 4, 4), { total: 20, band: 'POSSIBLE_DEPENDENCE' }],
  [
    'AUDIT',
    'never drinks, items 2 to 8 skipped',
    [1, 9, 10].map((item) => ({ item, value: 0 })),
    { total: 0, band: 'LOW', missingItems: [], prorated: false },
  ],
  ['AUDIT', 'a missing one', listed(4, 4, 4), { total: null, band: null }],
  ['AUDIT-C', '3: women only', listed(1, 1, 1), { total: 3, positive: null }],
  ['AUDIT-C', '4: both', listed(2, 1, 1), { total: 4, positive: true }],
  ['AUDIT-C', '2: none', listed(1, 1, 0), { total: 2, positive: false }],
  ['DAST-10', 'nothing: item 3 is yes', listed(0, 0, 1, 0, 0, 0, 0, 0, 0, 0), { total: 0, band: 'NONE' }],
  ['DAST-10', 'all no', all(0, 10), { total: 1, band: 'LOW', positive: false }],
  ['DAST-10', 'all yes', all(1, 10), { total: 9, band: 'SEVERE', positive: true }],
  ['CAGE-AID', 'one', listed(1, 0, 0, 0), { total: 1, band: 'EVALUATE_FURTHER', positive: false }],
  ['CAGE-AID', 'two', listed(1, 1, 0, 0), { total: 2, band: 'POSITIVE', positive: true }],
  [
    'C-SSRS',
    'nothing',
    [1, 2, 6].map((item) => ({ item, value: 0 })),
    { band: 'NONE', positive: false, total: null },
  ],
  ['C-SSRS', 'item 1', listed(1, 0, 0, 0, 0, 0), { band: 'LOW', positive: true, missingItems: [] }],
  ['C-SSRS', 'item 3', listed(1, 1, 1, 0, 0, 0), { band: 'MODERATE' }],
  ['C-SSRS', 'item 4', listed(1, 1, 0, 1, 0, 0), { band: 'HIGH' }],
  ['C-SSRS', 'item 5', listed(1, 1, 0, 0, 1, 0), { band: 'HIGH' }],
  ['C-SSRS', 'item 6 long ago', [...listed(0, 0, 0, 0, 0, 1), { item: 7, value: 0 }], { band: 'MODERATE' }],
  ['C-SSRS', 'item 6 in 3 months', [...listed(0, 0, 0, 0, 0, 1), { item: 7, value: 1 }], { band: 'HIGH' }],
  ['C-SSRS', 'stopped after item 2', listed(0, 1), { band: 'LOW', missingItems: [3, 4, 5, 6] }],
  ['C-SSRS', 'stopped after item 1', listed(0), { band: null, positive: null }],
  [
    'AHC-HRSN',
    'nothing',
    [...listed(0, 0, 0, 0, 0, 0), ...[7, 8, 9, 10].map((item) => ({ item, value: 1 }))],
    { total: null, positive: false, flags: [] },
  ],
  ['AHC-HRSN', 'food', listed(0, 0, 1), { positive: true, flags: [] }],
  [
    'AHC-HRSN',
    'HITS 10',
    [7, 8, 9, 10].map((item) => ({ item, value: item === 7 ? 4 : 2 })),
    { flags: [], positive: null },
  ],
  [
    'AHC-HRSN',
    'HITS 11',
    [7, 8, 9, 10].map((item) => ({ item, value: item === 7 ? 5 : 2 })),
    { flags: ['VIOLENCE'], positive: true },
  ],
  ['PHQ-A', 'attempt', [...all(0, 9), { item: 13, value: 1 }], { total: 0, flags: ['SUICIDE_ITEM'] }],
  [
    'CRAFFT',
    'no use: only the car',
    [...listed(0, 0, 0), { item: 4, value: 1 }],
    { total: 1, band: 'MEDIUM', missingItems: [] },
  ],
  [
    'CRAFFT',
    'use and two',
    [...listed(12, 0, 0), ...[1, 1, 0, 0, 0, 0].map((value, at) => ({ item: at + 4, value }))],
    { total: 2, band: 'HIGH', positive: true },
  ],
  ['GDS-15', 'content', listed(1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0), { total: 0, band: 'NORMAL' }],
  ['GDS-15', 'all yes', all(1, 15), { total: 10, band: 'MODERATE', positive: true }],
  [
    'EPDS',
    '10 with item 10',
    [...all(1, 10)],
    { total: 10, band: 'POSSIBLE', positive: true, flags: ['SUICIDE_ITEM'] },
  ],
  [
    'EPDS',
    'anxiety',
    listed(0, 0, 2, 2, 2, 0, 0, 0, 0, 0),
    { total: 6, band: 'LOW', subscores: [{ total: 6, positive: true }] },
  ],
  ['PC-PTSD-5', 'no event', listed(0), { total: 0, band: 'NEGATIVE', missingItems: [] }],
  ['PC-PTSD-5', 'three', listed(1, 1, 1, 1, 0, 0), { total: 3, positive: true }],
];

describe('an answer sheet of', () => {
  it.each(golden)('%s: %s', (code, _what, answers, expected) => {
    const instrument = get(code);
    expect(faultsOf(instrument, answers)).toEqual([]);
    expect(score(instrument, answers)).toMatchObject(expected);
  });

  it('each instrument is among the golden ones', () => {
    const tested = new Set(golden.map(([code]) => code));
    expect(instruments.filter(({ code }) => !tested.has(code))).toEqual([]);
  });

  it('AUDIT-C shows both cut-offs when the sex is not known, and one when it is', () => {
    const three = listed(1, 1, 1);
    expect(score(get('AUDIT-C'), three).cutOffs).toEqual([
      { group: 'MEN', from: 4, reached: false },
      { group: 'WOMEN', from: 3, reached: true },
    ]);
    expect(score(get('AUDIT-C'), three, 'WOMEN')).toMatchObject({
      positive: true,
      cutOffs: [{ group: 'WOMEN' }],
    });
    expect(score(get('AUDIT-C'), three, 'MEN').positive).toBe(false);
  });

  it('an old version is scored by that version', () => {
    expect(findVersion('DAST-10', '1')?.items).toHaveLength(10);
    expect(get('DAST-10')).toMatchObject({ version: '2', items: { length: 11 } });
  });
});

describe('an answer', () => {
  it.each([
    ['PHQ-9', [{ item: 11, value: 0 }], 'UNKNOWN_ITEM'],
    [
      'PHQ-9',
      [
        { item: 1, value: 0 },
        { item: 1, value: 0 },
      ],
      'ANSWERED_TWICE',
    ],
    ['PHQ-9', [{ item: 2, value: 4 }], 'NOT_OFFERED'],
    ['AUDIT', [{ item: 9, value: 3 }], 'NOT_OFFERED'],
    ['CRAFFT', [{ item: 1, value: 366 }], 'NOT_OFFERED'],
    [
      'C-SSRS',
      [
        { item: 2, value: 0 },
        { item: 4, value: 1 },
      ],
      'NOT_ASKED',
    ],
    ['C-SSRS', [{ item: 4, value: 1 }], 'NOT_ASKED'],
    [
      'AHC-HRSN',
      [
        { item: 2, value: 0 },
        { item: 2, value: 3 },
      ],
      'CONTRADICTION',
    ],
    [
      'AHC-HRSN',
      [
        { item: 2, value: 3 },
        { item: 2, value: 3 },
      ],
      'ANSWERED_TWICE',
    ],
  ])('of %s is refused: %j', (code, answers, fault) => {
    expect(faultsOf(get(code), answers).map((one) => one.code)).toEqual([fault]);
  });

  it('may be one of several where several are offered', () => {
    const answers = [1, 3].map((value) => ({ item: 2, value }));
    expect(faultsOf(get('AHC-HRSN'), answers)).toEqual([]);
  });
});

describe('at an age', () => {
  it.each([
    ['PHQ-9', 10, false],
    ['PHQ-9', 18, true],
    ['PHQ-A', 11, true],
    ['PHQ-A', 18, false],
    ['CRAFFT', 21, true],
    ['CRAFFT', 22, false],
    ['GDS-15', 64, false],
    ['GDS-15', 65, true],
    ['C-SSRS', 5, false],
    ['C-SSRS', 6, true],
    ['PHQ-2', 12, true],
  ])('%s at %i is valid: %p', (code, age, valid) => {
    expect(isForAge(get(code), { youngest: age, oldest: age })).toBe(valid);
  });
});

describe.each(instruments.map((one) => [`${one.code} ${one.version}`, one] as const))(
  'any answers to %s',
  (_name, instrument) => {
    const answers: fc.Arbitrary<Answer[]> = fc
      .tuple(
        ...instrument.items.map((item) => {
          const values = valuesOf(instrument, item);
          const value = values.length > 0 ? fc.constantFrom(...values) : fc.nat(365);
          return fc.option(value.map((given) => ({ item: item.number, value: given })));
        }),
      )
      .map((given) => given.filter((answer) => answer !== null))
      .map((given) => {
        const known = byItem(given);
        return given.filter(({ item }) => isAsked(instrument.items[item - 1]!, known));
      });

    it('give a total with the band that holds it, in any order of the answers', () => {
      fc.assert(
        fc.property(answers, (given) => {
          const asked = given.filter(({ item }) => isAsked(instrument.items[item - 1]!, byItem(given)));
          if (faultsOf(instrument, asked).length > 0) return;
          const result = score(instrument, asked);
          expect(score(instrument, asked.toReversed())).toEqual(result);
          if (result.total === null || !instrument.total) return;
          expect(result.band).toBe(bandOf(instrument.total, result.total));
        }),
      );
    });

    it('never make the result better when a missing item is answered with more', () => {
      if (!instrument.triage) return;
      const order = [...instrument.triage.bands.map(({ code }) => code), instrument.triage.otherwise];
      fc.assert(
        fc.property(answers, fc.constantFrom(1, 2, 6), (given, item) => {
          const without = given.filter((answer) => answer.item !== item && answer.value === 0);
          const before = score(instrument, without).band;
          const after = score(instrument, [...without, { item, value: 1 }]).band;
          if (before !== null && after !== null)
            expect(order.indexOf(after)).toBeLessThanOrEqual(order.indexOf(before));
        }),
      );
    });
  },
);
