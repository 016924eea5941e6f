import type { CallLine } from './call-line.ts';
import { callLineFaults } from './call-line.ts';
import { linesFor } from './choose-lines.ts';
import { closesAt, isOpenAt, nextOpening, type LineHours } from './opening.ts';

const timeZone = 'America/New_York';
const at = (text: string) => new Date(`${text}Z`);
const workdays: LineHours = {
  days: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
  ...{ from: '08:00', to: '17:00' },
};
const nights: LineHours = { days: ['SATURDAY'], from: '20:00', to: '04:00' };

describe('the opening times of a line', () => {
  it.each([
    ['a working day', [workdays], '2026-11-23T15:00', true, null, '2026-11-23T22:00'],
    ['the minute of closing', [workdays], '2026-11-23T22:00', false, '2026-11-24T13:00', null],
    ['a weekend', [workdays], '2026-11-21T15:00', false, '2026-11-23T13:00', null],
    [
      'a Friday evening before the clocks go forward',
      [workdays],
      '2026-03-06T23:00',
      false,
      '2026-03-09T12:00',
      null,
    ],
    [
      'a Friday evening before the clocks go back',
      [workdays],
      '2026-10-30T22:00',
      false,
      '2026-11-02T13:00',
      null,
    ],
    ['after midnight of a night shift', [nights], '2026-11-22T07:00', true, null, '2026-11-22T09:00'],
    ['a night in which the clocks go forward', [nights], '2026-03-08T07:30', true, null, '2026-03-08T08:00'],
    ['a night in which the clocks go back', [nights], '2026-11-01T08:30', true, null, '2026-11-01T09:00'],
    ['around the clock', [], '2026-11-22T07:00', true, null, null],
  ] as const)('on %s', (...[, hours, now, isOpen, opens, closes]) => {
    const line = { timeZone, hours: [...hours] };
    expect(isOpenAt(line, at(now))).toBe(isOpen);
    expect(nextOpening(line, at(now))).toEqual(opens === null ? null : at(opens));
    expect(closesAt(line, at(now))).toEqual(closes === null ? null : at(closes));
  });

  it('join when one period ends as the next begins', () => {
    const evening: LineHours = { days: ['MONDAY'], from: '17:00', to: '22:00' };
    expect(closesAt({ timeZone, hours: [evening, workdays] }, at('2026-11-23T15:00'))).toEqual(
      at('2026-11-24T03:00'),
    );
  });
});

const line: CallLine = {
  ...{
    id: '1',
    label: 'Line',
    kind: 'CRISIS',
    number: '988',
    extension: null,
    textNumber: null,
    chatUrl: null,
  },
  ...{
    timeZone,
    hours: [],
    languages: ['en'],
    interprets: false,
    states: [],
    rank: 1,
    retiredAt: null,
    version: 1,
  },
};

describe('lines for a caller', () => {
  const lines: CallLine[] = [
    { ...line, id: 'english' },
    { ...line, id: 'interprets', interprets: true },
    { ...line, id: 'spanish', languages: ['es-MX'] },
    { ...line, id: 'closed', hours: [nights] },
    { ...line, id: 'florida', states: ['FL'], languages: ['es'] },
  ];
  const found = (wish: object) =>
    linesFor(lines, { at: at('2026-11-23T15:00'), language: null, state: null, ...wish }).map(({ id }) => id);

  it('are open, and of the place', () => {
    expect(found({})).toEqual(['english', 'interprets', 'spanish']);
    expect(found({ state: 'FL' })).toContain('florida');
    expect(found({ state: 'NY' })).not.toContain('florida');
  });

  it('that speak the language come first, and the others are not left out', () => {
    expect(found({ language: 'es' })).toEqual(['spanish', 'interprets', 'english']);
  });
});

it('a line has hours that a clock shows, a zone, and addresses that can be opened', () => {
  const faults = callLineFaults({
    ...line,
    ...{ timeZone: 'Mars/Base', chatUrl: 'http://x.example', textNumber: 'abc', states: ['Florida'] },
    hours: [{ days: [], from: '8', to: '24:00' }],
  });
  expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'hours.0.days MISSING',
    'hours.0.from INVALID_FORMAT',
    'hours.0.to INVALID_FORMAT',
    'timeZone UNKNOWN',
    'chatUrl INVALID_FORMAT',
    'textNumber INVALID_FORMAT',
    'states.0 INVALID_FORMAT',
  ]);
});
