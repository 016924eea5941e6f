import { randomUUID } from 'node:crypto';
import { addDays } from '@throughline/privacy';
import * as fc from 'fast-check';
import { supplyMedication, type Medication } from './medication.ts';
import { moudOf } from './moud.ts';
import { continuityOf, coverage, gapsOf, union } from './supply.ts';

describe('days with supply', () => {
  it('last longer when the next supply comes early', () => {
    const supplies = [
      { suppliedOn: '2026-01-01', days: 30 },
      { suppliedOn: '2026-01-26', days: 30 },
    ];
    expect(coverage(supplies)).toEqual([{ from: '2026-01-01', to: '2026-03-01' }]);
  });

  it('have gaps between them, and one that is open to today', () => {
    const spans = coverage([
      { suppliedOn: '2026-01-20', days: 7 },
      { suppliedOn: '2026-01-01', days: 14 },
    ]);
    expect(gapsOf(spans, '2026-01-28')).toEqual([
      { from: '2026-01-15', to: '2026-01-19', days: 5, isOpen: false },
      { from: '2026-01-27', to: '2026-01-28', days: 2, isOpen: true },
    ]);
    expect(gapsOf(spans, '2026-01-26')).toHaveLength(1);
    expect(gapsOf([], '2026-01-28')).toEqual([]);
  });

  it('never have a day that is both covered and in a gap', () => {
    const day = fc.integer({ min: 0, max: 200 }).map((n) => addDays('2026-01-01', n));
    const supply = fc.record({ suppliedOn: day, days: fc.integer({ min: 1, max: 40 }) });
    fc.assert(
      fc.property(fc.array(supply, { minLength: 1, maxLength: 12 }), (supplies) => {
        const spans = coverage(supplies);
        const gaps = gapsOf(spans, '2026-12-31');
        const all = [...spans, ...gaps].toSorted((a, b) => (a.from < b.from ? -1 : 1));
        all.slice(1).forEach((next, at) => expect(next.from).toBe(addDays(all[at]?.to ?? '', 1)));
        expect(union(spans)).toEqual(spans);
      }),
      { numRuns: 100 },
    );
  });
});

describe('continuity of medication for opioid use disorder', () => {
  const span = (from: string, to: string) => ({ from, to });

  it('goes on through a change of medication and a gap of 7 days, and ends with one of 8', () => {
    const spans = [span('2026-01-01', '2026-03-31'), span('2026-04-08', '2026-12-31')];
    expect(continuityOf(spans, '2026-07-15')).toEqual({
      ...{ since: '2026-01-01', days: 196, currentGapDays: 0, longestGapDays: 7, isContinuous: true },
    });
    const broken = [span('2026-01-01', '2026-03-31'), span('2026-04-09', '2026-12-31')];
    expect(continuityOf(broken, '2026-07-15')).toMatchObject({ since: '2026-04-09', isContinuous: false });
  });

  it('is over while nothing was supplied for 8 days', () => {
    expect(continuityOf([span('2026-01-01', '2026-01-30')], '2026-02-06')).toMatchObject({
      ...{ since: '2026-01-01', days: 30, currentGapDays: 7 },
    });
    expect(continuityOf([span('2026-01-01', '2026-01-30')], '2026-02-07')).toMatchObject({
      since: null,
      days: 0,
    });
    expect(continuityOf([], '2026-02-07')).toBeNull();
  });

  it.each([
    ['Suboxone 8 mg/2 mg film', 'BUPRENORPHINE'],
    ['METHADONE oral', 'METHADONE'],
    ['Vivitrol', 'NALTREXONE'],
    ['Naloxone nasal spray', null],
    ['Sertraline', null],
  ])('knows by the name whether %s is one', (name, medicine) => {
    expect(moudOf(name)).toBe(medicine);
  });
});

describe('a supply', () => {
  it('has an entry in the timeline of its own; a refused one has none', () => {
    const now = new Date('2026-11-23T10:00:00Z');
    const by = { id: randomUUID(), at: { now, timeZone: 'America/New_York' } };
    const medication = { id: randomUUID(), clientId: randomUUID(), startedOn: '2026-11-01', endedOn: null };
    const supplied = (before: { suppliedOn: string; days: number }[]) =>
      supplyMedication(medication as Medication, { days: 7 }, { before, by });
    expect(supplied([])).toMatchObject({ facts: [{ type: 'MedicationSupplied' }] });
    expect(supplied([{ suppliedOn: '2026-11-23', days: 7 }])).toMatchObject({
      issues: [{ code: 'DUPLICATE' }],
    });
  });
});
