import { readWeekdays } from './read-weekdays.ts';

describe('weekdays of a directory', () => {
  it.each([
    ['Monday', 'MO'],
    ['Mon', 'MO'],
    ['Tues', 'TU'],
    ['Thurs', 'TH'],
    ['Weds.', 'WE'],
    ['Su', 'SU'],
    ['1', 'MO'],
    ['7', 'SU'],
    ['TH,FR', 'TH,FR'],
    ['MO;WE', 'MO,WE'],
    ['MO/WE', 'MO,WE'],
    ['Tu,Th', 'TU,TH'],
    ['Mon Wed Fri', 'MO,WE,FR'],
    ['Saturday and Sunday', 'SA,SU'],
    ['Mon-Fri', 'MO,TU,WE,TH,FR'],
    ['Mon – Fri', 'MO,TU,WE,TH,FR'],
    ['Monday to Friday', 'MO,TU,WE,TH,FR'],
    ['Monday through Thursday', 'MO,TU,WE,TH'],
    ['Sat-Mon', 'SA,SU,MO'],
    ['Mon-Wed, Fri', 'MO,TU,WE,FR'],
    ['M-F', 'MO,TU,WE,TH,FR'],
    ['Weekdays', 'MO,TU,WE,TH,FR'],
    ['Daily', 'MO,TU,WE,TH,FR,SA,SU'],
    ['2MO', '2MO'],
    ['-1FR', '-1FR'],
    ['Lunes', 'MO'],
    ['Lundi', 'MO'],
  ])('%s are read as %s', (text, days) => {
    expect(readWeekdays(text)).toBe(days);
  });

  it.each([
    '0',
    '8',
    'M',
    'T',
    'S',
    'by appointment',
    'Mon-',
    'Mon-Fri 9-5',
    'first Monday',
    'MWF',
    '',
    'May',
  ])('%s stays text: it can mean two things, or no day', (text) => {
    expect(readWeekdays(text)).toBeNull();
  });
});
