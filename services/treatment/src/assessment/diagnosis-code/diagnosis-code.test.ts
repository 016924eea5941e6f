import { kindOf, labelsOf } from './code-kind.ts';
import { findListOn } from './code-list.entity.ts';
import {
  type CodeList,
  dotted,
  isOutdated,
  listOn,
  readCodes,
  writeCodes,
  type CodeListHead,
} from './code-list.ts';
import { readOrderFile } from './load-code-list.ts';

const noRows = { find: () => Promise.resolve([]) } as unknown as Parameters<typeof findListOn>[0];
const row = (code: string, flag: number, label: string) =>
  `00001 ${code.padEnd(7)} ${String(flag)} ${label.slice(0, 60).padEnd(60)} ${label}`;

describe('the list of ICD-10-CM that comes with the system', () => {
  let list: CodeList;
  beforeAll(async () => {
    const found = await findListOn(noRows, '2026-11-28');
    if (!found) throw new Error('There is no list');
    list = found;
  });

  it('is whole', () => {
    expect(list.head).toMatchObject({ year: 2026, codeCount: 74_706 });
    expect(list.find('f1020')).toEqual({
      code: 'F10.20',
      label: 'Alcohol dependence, uncomplicated',
      isUsable: true,
    });
    expect(list.find('F10')).toMatchObject({ isUsable: false });
    expect(list.find('T40.1X1A')?.label).toContain('Poisoning by heroin, accidental');
    expect(list.find('F10.999')).toBeNull();
    expect(list.search('z', 100_000).length).toBeGreaterThan(1_000);
  });

  it('is searched by the beginning of a code or of words, in any order, with and without accents', () => {
    expect(list.search('F33.1', 5).map(({ code }) => code)).toEqual(['F33.1']);
    expect(list.search('dep alcohol uncomp', 5)[0]?.code).toBe('F10.20');
    expect(list.search('meniere', 3).length).toBe(3);
    expect(list.search('  ', 5)).toEqual([]);
    expect(list.search('F10', 5).every(({ isUsable }) => isUsable)).toBe(true);
  });

  it.each([
    ['F10.20', 'SUBSTANCE_USE', ['HEALTH', 'SUD']],
    ['F19.99', 'SUBSTANCE_USE', ['HEALTH', 'SUD']],
    ['F33.1', 'MENTAL_HEALTH', ['HEALTH', 'MH']],
    ['F84.0', 'MENTAL_HEALTH', ['HEALTH', 'MH']],
    ['T14.91XA', 'SELF_HARM', ['HEALTH', 'MH']],
    ['X78.1XXA', 'SELF_HARM', ['HEALTH', 'MH']],
    ['R45.851', 'SELF_HARM', ['HEALTH', 'MH']],
    ['Z91.51', 'SELF_HARM', ['HEALTH', 'MH']],
    ['T40.1X1A', 'OVERDOSE', ['HEALTH', 'SUD']],
    ['T39.1X1A', 'OVERDOSE', ['HEALTH']],
    ['B20', 'HEALTH', ['HEALTH', 'HIV']],
    ['Z65.1', 'SOCIAL', ['JUSTICE']],
    ['Z59.01', 'SOCIAL', ['SOCIAL']],
    ['E11.9', 'HEALTH', ['HEALTH']],
  ])('makes the labels of %s', (code, kind, labels) => {
    expect([kindOf(code), labelsOf(code)]).toEqual([kind, labels]);
  });

  it('says SUD for every code of F10 to F19', () => {
    const codes = list.search('F1', 100_000).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(300);
    expect(codes.filter((code) => !labelsOf(code).includes('SUD'))).toEqual([]);
  });
});

describe('lists of several years', () => {
  const head = (year: number, validFrom: string): CodeListHead => ({
    ...{ year, release: String(year), validFrom, codeCount: 1, source: 'CMS', licence: 'Public domain' },
  });
  const lists = [head(2027, '2026-10-01'), head(2025, '2024-10-01'), head(2026, '2025-10-01')];

  it.each([
    ['2026-09-30', 2026],
    ['2026-10-01', 2027],
    ['2030-01-01', 2027],
    ['2020-01-01', 2025],
  ])('count by the day: %s is of the list of %d', (day, year) => {
    expect(listOn(lists, day)?.year).toBe(year);
  });

  it('tell when a year is missing: the year of a list begins in October', () => {
    expect(isOutdated({ year: 2026 }, new Date('2026-09-30T20:00:00Z'))).toBe(false);
    expect(isOutdated({ year: 2026 }, new Date('2026-10-01T12:00:00Z'))).toBe(true);
  });

  it('are read from the order file of CMS, and kept as they are', () => {
    const codes = readOrderFile(
      [row('F10', 0, 'Alcohol related disorders'), row('F1020', 1, 'Alcohol dependence')].join('\r\n'),
      1,
    );
    expect(readCodes(writeCodes(codes))).toEqual([
      { code: 'F10', isUsable: false, label: 'Alcohol related disorders' },
      { code: dotted('F1020'), isUsable: true, label: 'Alcohol dependence' },
    ]);
  });

  it.each([
    ['a file that was cut off', row('F1020', 1, 'Alcohol dependence'), /only 1 usable codes/],
    ['a code twice', [row('A00', 1, 'x'), row('A00', 1, 'x')].join('\n'), /line 2: A00 stands here twice/],
    ['another file', 'code,label\nF10.20,Alcohol', /line 1: not a line of an order file/],
  ])('are refused for %s', (_case, text, fault) => {
    expect(() => readOrderFile(text, 2)).toThrow(fault);
  });
});
