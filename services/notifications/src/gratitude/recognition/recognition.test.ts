import { readSdl } from '@throughline/graphql';
import { parse, visit } from 'graphql';
import { join } from 'node:path';
import { texts } from '../../catalogue/catalogue/text.ts';
import { campaignFaults, defaultsOf } from './campaign.ts';
import { boundsOf, lastWeek } from './recap.ts';

describe('Case Manager’s Week', () => {
  it.each([
    [2023, '2023-10-08', '2023-10-14'],
    [2024, '2024-10-13', '2024-10-19'],
    [2026, '2026-10-11', '2026-10-17'],
    [2028, '2028-10-08', '2028-10-14'],
  ])('of %i is the second full week of October', (year, from, to) => {
    expect(defaultsOf(year)).toEqual([
      { id: `case-managers-week-${String(year)}`, name: 'Case Manager’s Week', from, to },
    ]);
  });
});

describe('a campaign of a program', () => {
  it.each([
    ['of one day', '2036-05-01', '2036-05-01', []],
    ['that ends before it begins', '2036-05-02', '2036-05-01', ['to BEFORE_BEGINNING']],
    ['that lasts a year', '2036-05-01', '2037-05-01', ['to TOO_LONG']],
  ])('%s', (_case, from, to, expected) => {
    const faults = campaignFaults({ name: 'Thanks', from, to });
    expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
  });
});

describe('the last week', () => {
  it.each([
    ['on a Sunday at 00:30', '2026-11-22T05:30:00Z', '2026-11-15'],
    ['on the Saturday before at 23:30', '2026-11-22T04:30:00Z', '2026-11-08'],
    ['with the long day of November in it', '2026-11-09T17:00:00Z', '2026-11-01'],
  ])('%s', (_case, now, from) => {
    const zone = 'America/New_York';
    const week = lastWeek({ now: new Date(now), timeZone: zone });
    expect(week.from).toBe(from);
    const [begin, end] = boundsOf(week, zone);
    const hours = (end.getTime() - begin.getTime()) / 3_600_000;
    expect(hours).toBe(from === '2026-11-01' ? 169 : 168);
  });
});

describe('nobody is counted against another:', () => {
  const sdl = readSdl(join(import.meta.dirname, '..', '..'));
  const comparing =
    /rank|leader|score|percentile|average|median|best|winner|versus|(?<!s)top[A-Z_]|most[A-Z]|badge|(?<!end|ap)point|compete/i;

  it('no name of the schema and no text of a notification compares people', () => {
    const names: string[] = [];
    visit(parse(sdl), { Name: (node) => void names.push(node.value) });
    expect(names).toContain('WeekOfWork');
    expect([...new Set(names)].filter((name) => comparing.test(name))).toEqual([]);
    expect(Object.values(texts).filter(({ title, body }) => comparing.test(`${title} ${body}`))).toEqual([]);
  });

  it('what a person did stands in one place, which only this person can open', () => {
    const holders = [...sdl.matchAll(/^ {2}(\w+)(?:\([^)]*\))?: \[?(?:WeekOfWork|WorkDone)\b/gm)];
    expect(holders.map(([, field]) => field)).toEqual(expect.arrayContaining(['done', 'lastWeek']));
    expect(holders).toHaveLength(2);
  });
});
