import { localHours, readClock, readZone, timeText } from './read-time.ts';

const read = (text: string): string | null => {
  const time = readClock(text);
  return time && timeText(time.minutes);
};

describe('a time of a directory', () => {
  it.each([
    ['8:00am', '08:00:00'],
    ['7:30 am', '07:30:00'],
    ['9:00a', '09:00:00'],
    ['9:00 a. m.', '09:00:00'],
    ['830am', '08:30:00'],
    ['9am', '09:00:00'],
    ['12:00pm', '12:00:00'],
    ['12:00am', '00:00:00'],
    ['5:30 p.m.', '17:30:00'],
    ['17:30', '17:30:00'],
    ['17:00h', '17:00:00'],
    ['9h30', '09:30:00'],
    ['9.30', '09:30:00'],
    ['0830', '08:30:00'],
    ['10:00:00', '10:00:00'],
    ['10:00:00.000', '10:00:00'],
    ['１０:00', '10:00:00'],
    ['10:00Z', '10:00:00'],
    ['09:00-05:00', '09:00:00'],
    ['24:00', '24:00:00'],
  ])('%s is read as %s', (text, time) => {
    expect(read(text)).toBe(time);
  });

  it.each([
    'noon',
    '8',
    '25:00',
    '13:00pm',
    '9:75am',
    '9:00-17:00',
    '9:00AM-5:00PM',
    'by appointment',
    '5:00pm (Counter closes at 4:30 pm)',
    '',
  ])('%s stays text', (text) => {
    expect(read(text)).toBeNull();
  });
});

describe('a time zone of a directory', () => {
  it.each([
    ['-5', '-05:00'],
    ['3', '+03:00'],
    ['UTC-05:00', '-05:00'],
    ['Z', 'UTC'],
    ['0', 'UTC'],
    ['America/Los_Angeles', 'America/Los_Angeles'],
  ])('%s is read as %s', (text, zone) => {
    expect(readZone(text)).toBe(zone);
  });

  it.each(['EST', 'Eastern', 'Mars/Base', '99', ''])('%s stays text', (text) => {
    expect(readZone(text)).toBeNull();
  });
});

const hours = (opens: string, closes: string, zone: string | null) =>
  localHours({ opens: readClock(opens), closes: readClock(closes), zone: zone && readZone(zone) });

describe('opening hours', () => {
  it.each<[string, string, string | null, string, string, string | null]>([
    // In UTC with a fixed zone: they move.
    ['13:00Z', '21:00Z', '-5', '08:00:00', '16:00:00', '-05:00'],
    ['22:00Z', '03:00Z', '-5', '17:00:00', '22:00:00', '-05:00'],
    ['13:00Z', '21:00Z', 'America/Puerto_Rico', '09:00:00', '17:00:00', 'America/Puerto_Rico'],
    ['13:00Z', '21:00Z', null, '13:00:00', '21:00:00', 'UTC'],
    // With an offset: they are local, and the zone is kept.
    ['09:00-05:00', '17:00-05:00', null, '09:00:00', '17:00:00', '-05:00'],
    ['09:00+01:00', '17:00+01:00', null, '09:00:00', '17:00:00', '+01:00'],
    ['09:00-04:00', '17:00-04:00', 'America/New_York', '09:00:00', '17:00:00', 'America/New_York'],
    // Without: they are local in the zone of the row.
    ['09:00', '17:00', 'America/Los_Angeles', '09:00:00', '17:00:00', 'America/Los_Angeles'],
    ['09:00', '17:00', null, '09:00:00', '17:00:00', null],
  ])('%s to %s, zone %s: local time with its zone', (...row) => {
    const [opens, closes, zone, opensAt, closesAt, kept] = row;
    expect(hours(opens, closes, zone)).toEqual({ opensAt, closesAt, zone: kept });
  });

  it.each<[string, string, string, string | null]>([
    ['summer time decides', '13:00Z', '21:00Z', 'America/New_York'],
    ['the offset is none of the zone', '09:00-05:00', '17:00-05:00', 'America/Los_Angeles'],
    ['the offset is another one than the row has', '09:00+01:00', '17:00+01:00', '-5'],
    ['the two have different offsets', '09:00-05:00', '17:00-04:00', null],
    ['only one has an offset', '09:00-05:00', '17:00', null],
    ['the local day is another one', '02:00Z', '06:00Z', '-5'],
    ['it may be a range', '09:00-12:00', '', null],
  ])('stay text when %s', (_why, opens, closes, zone) => {
    expect(hours(opens, closes, zone)).toBeNull();
  });
});
