import fc from 'fast-check';
import { CsvRecords, parseRecord } from './csv-records.ts';
import { guessAgencyType } from './guess-agency-type.ts';
import { cleanText, readValue } from './hsds-value.ts';
import { needsOfTerm } from './need-category-patterns.ts';
import { stableId } from './stable-id.ts';

describe('a value of a directory', () => {
  it.each<[Parameters<typeof readValue>[0], string, string | number | null]>([
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2023-02-29', null],
    ['date', '2023-03-15T10:30:45.123Z', '2023-03-15'],
    ['age', '12', 12],
    ['age', '151', null],
    ['latitude', '100', null],
    ['longitude', '-80.19', -80.19],
    ['language', 'Spanish (limited)', 'es'],
    ['language', 'Creole', 'ht'],
    ['language', 'Kreyòl Ayisyen', 'ht'],
    ['language', 'English and Spanish', null],
    ['number', '1,200.50', 1200.5],
    ['number', '$25', 25],
    ['number', '1,2', null],
    ['count', '5', 5],
    ['count', '-1', null],
    ['timestamp', '2026-11-27T08:00:00-05:00', '2026-11-27T13:00:00.000Z'],
    ['timestamp', '2026-11-27', '2026-11-27T00:00:00.000Z'],
    ['timestamp', 'yesterday', null],
    ['insurance', 'Medicaid', 'MEDICAID'],
    ['insurance', 'Private Insurance', 'PRIVATE'],
    ['insurance', 'Cash', 'NONE'],
    ['insurance', 'Most insurance', null],
    ['serviceStatus', 'temporarily closed', 'TEMPORARILY_CLOSED'],
    ['serviceStatus', 'open', null],
  ])('%s %s is read as %s', (kind, text, value) => {
    expect(readValue(kind, text)).toBe(value);
  });

  it('loses its outer blanks and what no database takes', () => {
    expect(cleanText(' FL \u0000')).toBe('FL');
    expect(cleanText('one\\ntwo \ud800')).toBe('one\ntwo \ufffd');
    expect(cleanText('   ')).toBeNull();
  });
});

describe('an id', () => {
  it('stays the same at every import, and differs by source and entity', () => {
    expect(stableId('miami', 'service', '143')).toBe(stableId('miami', 'service', '143'));
    expect(stableId('miami', 'service', '143')).not.toBe(stableId('miami', 'agency', '143'));
    expect(stableId('miami', 'service', '143')).not.toBe(stableId('broward', 'service', '143'));
    expect(stableId('miami', 'service', '143')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('that is a uuid is kept', () => {
    const id = 'AC148810-d857-441c-9679-408f346de14b';
    expect(stableId('any', 'service', id)).toBe(id.toLowerCase());
  });
});

describe('a CSV record', () => {
  const written = (values: string[]): string =>
    values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');

  it('comes back as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
        expect(parseRecord(written(values))).toEqual(values);
      }),
    );
  });

  it('of a broken file costs no other record', () => {
    const cell = fc.stringMatching(/^[a-z "]{0,6}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        (rows, position) => {
          const at = position % rows.length;
          const text = rows.map((row, index) => (index === at ? 'broken,"half' : written(row)));
          const records = new CsvRecords();
          const lines = ['a,b', ...text].map((line, index) => ({
            number: index + 1,
            text: line,
            badBytes: false,
          }));
          const read = [...records.push(lines), ...records.end()];
          const whole = read.filter(({ fault }) => fault === null).map(({ values }) => values);
          expect(whole).toEqual([
            ['a', 'b'],
            ...rows.filter((_row, index) => index !== at).map((row) => [...row]),
          ]);
          expect(read.filter(({ fault }) => fault !== null).map(({ line }) => line)).toEqual([at + 2]);
        },
      ),
    );
  });
});

describe('a guess', () => {
  it.each([
    ['Camillus House Detox', 'DETOX'],
    ['Legal Services of Greater Miami', 'LEGAL_AID'],
    ['Feeding Food Bank', 'FOOD'],
    ['Harbor House', 'OTHER'],
  ])('of the kind of agency: %s is %s', (name, type) => {
    expect(guessAgencyType(name)).toBe(type);
  });

  it.each<[string, string | null, string[]]>([
    ['Homeless Shelter', 'BH-1800', ['HOMELESSNESS']],
    ['Drug Detoxification', null, ['WITHDRAWAL_MANAGEMENT']],
    ['Methadone Clinics', null, ['MOUD']],
    ['Homeless Women', 'YV-3000', []],
    ['Zoos/Wildlife Parks', null, []],
  ])('of needs: %s', (name, code, needs) => {
    expect(needsOfTerm({ name, code })).toEqual(needs);
  });
});
