import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionFile } from './definition-file.ts';
import { compareVersions, currentOf, findInstrument, instruments } from './definitions.ts';

const reference = readFileSync(join(import.meta.dirname, '../../../../../infra/reference/domain.md'), 'utf8');
const file = () => ({
  ...{ code: 'TEST-2', version: '1', title: 'Test', period: 'PAST_WEEK', ages: { from: 18, to: null } },
  choices: { yesNo: [{ value: 0 }, { value: 1 }] },
  items: [1, 2].map((number) => ({ number, topic: `topic ${String(number)}`, choices: 'yesNo' })),
  total: { code: 'TOTAL', items: [1, 2], bands: [{ code: 'NONE', from: 0 }], positive: 1 },
  ...{ credit: 'Somebody, 2026.', licence: 'Accept the terms.', languages: {} as object },
});
const places = (changed: object) =>
  definitionFile.safeParse({ ...file(), ...changed }).error?.issues.map(({ path }) => path.join('.'));

describe('a definition', () => {
  it('is taken when it is whole', () => {
    expect(definitionFile.safeParse(file()).success).toBe(true);
  });

  it.each([
    ['without a licence', { licence: '' }, ['licence']],
    ['without a credit', { credit: undefined }, ['credit']],
    ['without ages', { ages: undefined }, ['ages']],
    [
      'with unknown choices',
      { choices: { other: [{ value: 0 }, { value: 1 }] } },
      ['items.0.choices', 'items.1.choices'],
    ],
    ['with items out of order', { items: file().items.toReversed() }, ['items.0.number', 'items.1.number']],
    ['that scores an item that is not there', { total: { ...file().total, items: [1, 9] } }, ['items']],
    ['that scores nothing', { total: null }, ['total']],
    [
      'with bands that do not begin at 0',
      { total: { ...file().total, bands: [{ code: 'A', from: 1 }] } },
      ['TOTAL.bands'],
    ],
    ['with wording of no item', { languages: { en: { items: { 9: 'Nine' } } } }, ['languages.en']],
    [
      'with a word for no answer',
      { languages: { en: { labels: { yesNo: { 7: 'Seven' } } } } },
      ['languages.en'],
    ],
    ['with a field that nobody knows', { secret: 1 }, ['']],
  ])('is refused %s', (_what, changed, paths) => {
    expect(places(changed)).toEqual(paths);
  });
});

describe('the definitions that come with the system', () => {
  it('are those of the reference', () => {
    const codes = currentOf(instruments).map(({ code }) => code);
    expect(codes).toEqual([
      ...[
        'AHC-HRSN',
        'AUDIT',
        'AUDIT-C',
        'C-SSRS',
        'CAGE-AID',
        'CRAFFT',
        'DAST-10',
        'EPDS',
        'GAD-7',
        'GDS-15',
      ],
      ...['PC-PTSD-5', 'PHQ-2', 'PHQ-9', 'PHQ-A'],
    ]);
    expect(findInstrument('PHQ-99')).toBeNull();
  });

  it('have a LOINC code only where the reference links it', () => {
    const used = instruments
      .flatMap(({ loinc, items }) => [loinc.panel, loinc.total, ...items.map((item) => item.loinc)])
      .filter((code) => code !== null);
    expect(new Set(used).size).toBeGreaterThan(8);
    expect(used.filter((code) => !reference.includes(`https://loinc.org/${code}`))).toEqual([]);
    expect(findInstrument('CAGE-AID')?.loinc).toEqual({ panel: null, total: null });
  });

  it('print wording only where the licence permits it without conditions', () => {
    const worded = currentOf(instruments)
      .filter(({ languages }) => Object.values(languages).some(({ items }) => Object.keys(items).length > 0))
      .map(({ code }) => code);
    expect(worded).toEqual(['GAD-7', 'GDS-15', 'PC-PTSD-5', 'PHQ-2', 'PHQ-9', 'PHQ-A']);
  });

  it('know that version 1.10 is newer than 1.9', () => {
    expect(compareVersions('1.9', '1.10')).toBeLessThan(0);
  });
});
