import { randomUUID } from 'node:crypto';
import { instantAt, type Moment } from '@throughline/privacy';
import { settleAlarms, type Discharged } from './first-appointment.ts';

const timeZone = 'America/New_York';
const on = (day: string, time = '12:00'): Moment => ({ now: instantAt(day, time, timeZone), timeZone });
const discharged = (changes: Partial<Discharged> = {}): Discharged => ({
  ...{ stayId: randomUUID(), clientId: randomUUID(), endedAt: on('2036-03-03', '23:30').now },
  ...{ firstAt: null, hasTransition: false, toldOn: null, ...changes },
});
const told = (changes: Partial<Discharged>, at: Moment) => {
  const { moves, facts, nextAt } = settleAlarms([discharged(changes)], at);
  return {
    told: facts.length,
    toldOn: moves.map(({ toldOn }) => toldOn),
    next: nextAt?.toISOString() ?? null,
  };
};

describe('a discharge without a first appointment within 7 days', () => {
  it('is told at once and again each morning of the program, also over the change of the clocks', () => {
    expect(told({}, on('2036-03-03', '23:45'))).toEqual({
      ...{ told: 1, toldOn: ['2036-03-03'], next: '2036-03-04T14:00:00.000Z' },
    });
    expect(told({ toldOn: '2036-03-08' }, on('2036-03-09', '09:00'))).toEqual({
      ...{ told: 1, toldOn: ['2036-03-09'], next: '2036-03-10T13:00:00.000Z' },
    });
  });

  it('is not told twice on a day, nor before nine in the morning of the next', () => {
    const next = '2036-03-05T14:00:00.000Z';
    for (const at of [on('2036-03-04', '16:00'), on('2036-03-05', '00:30'), on('2036-03-05', '08:59')])
      expect(told({ toldOn: '2036-03-04' }, at)).toEqual({ told: 0, toldOn: [], next });
  });

  it.each<[string, Partial<Discharged>, Moment, boolean]>([
    ['an appointment on day 7', { firstAt: on('2036-03-10', '23:30').now }, on('2036-03-04'), false],
    ['an appointment on day 8', { firstAt: on('2036-03-11', '00:30').now }, on('2036-03-04'), true],
    ['an appointment on day 8, day 7 is over', { firstAt: on('2036-03-11').now }, on('2036-03-11'), false],
    ['a transition', { hasTransition: true }, on('2036-03-04'), false],
    ['nothing, three weeks later', {}, on('2036-03-24'), true],
    ['nothing, 30 days later', {}, on('2036-04-02'), true],
    ['nothing, 31 days later', {}, on('2036-04-03'), false],
  ])('with %s', (_what, changes, at, isTold) => {
    expect(told(changes, at).told).toBe(Number(isTold));
  });

  it('takes the alarm back when something is arranged, and tells it at once when that is gone', () => {
    const arranged = { firstAt: on('2036-03-06').now, toldOn: '2036-03-04' };
    expect(told(arranged, on('2036-03-04'))).toEqual({ told: 0, toldOn: [null], next: null });
    expect(told({}, on('2036-03-04', '20:00'))).toMatchObject({ told: 1, toldOn: ['2036-03-04'] });
  });

  it('is one of several: each is told, the earliest morning comes first', () => {
    const { facts, nextAt } = settleAlarms(
      [discharged({ toldOn: '2036-03-05' }), discharged()],
      on('2036-03-05', '20:00'),
    );
    expect(facts).toHaveLength(1);
    expect(nextAt).toEqual(on('2036-03-06', '09:00').now);
  });
});
