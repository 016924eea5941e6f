import { cuts, scheduleOf, type Fault, type Plan } from './schedule.ts';

const plan: Plan = {
  durationMs: 100_000,
  kills: { relay: 10, kafka: 8, postgres: 9, service: 1 },
  pauses: { relay: 2, service: 2, consumer: 2 },
  cuts: 16,
};
const killsOf = (faults: Fault[], target: string): Fault[] =>
  faults.filter((fault) => fault.kind === 'kill' && fault.target === target);

describe('the schedule', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(scheduleOf(7, plan)).toEqual(scheduleOf(7, plan));
    expect(scheduleOf(7, plan)).not.toEqual(scheduleOf(8, plan));
  });

  it('holds as many kills of each target as asked for, by order of time, within the run', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const faults = scheduleOf(seed, plan);
      const times = faults.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(Math.min(...times)).toBeGreaterThanOrEqual(2000);
      expect(Math.max(...times)).toBeLessThan(plan.durationMs);
      for (const [target, count] of Object.entries(plan.kills))
        expect(killsOf(faults, target)).toHaveLength(count);
    }
  });

  it('leaves a target half of its share of the time before the next kill', () => {
    const times = killsOf(scheduleOf(3, plan), 'kafka').map(({ at }) => at);
    const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(98_000 / 8 / 2 - 2);
  });

  it('pauses for 5 to 10 seconds, and ends the session of the leader', () => {
    const pauses = scheduleOf(3, plan).filter((fault) => fault.kind === 'pause');
    expect(pauses).toHaveLength(6);
    expect(pauses.every(({ forMs }) => forMs >= 5000 && forMs <= 10_000)).toBe(true);
    const deposed = pauses.filter((pause) => pause.deposed).map(({ target }) => target);
    expect(deposed.sort()).toEqual(['relay', 'relay', 'service', 'service']);
  });

  it('cuts both links in every way', () => {
    const cut = scheduleOf(3, plan).filter((fault) => fault.kind === 'cut');
    const ways = new Set(cut.map(({ link, how }) => `${link} ${how}`));
    expect(ways.size).toBe(2 * cuts.length);
  });
});
