import type { Done } from './nemesis.ts';

export interface Recovery {
  times: number;
  /** Milliseconds until the server serves again; undefined where nothing has to come up. */
  up: { p50: number; max: number } | undefined;
  /** Milliseconds from then (or from the fault) to the next effect anywhere. */
  nextEffect: { p50: number; max: number };
}

/** How long each kind of fault kept the system from having effects. `effectTimes` rise. */
export function recoveries(
  done: readonly Done[],
  effectTimes: readonly number[],
): Partial<Record<string, Recovery>> {
  const kinds = Map.groupBy(done, ({ fault }) => nameOf(fault));
  return Object.fromEntries(
    [...kinds].map(([name, all]) => {
      const waits = all.flatMap(({ at, overAt }) => {
        const from = comesUp(name) ? overAt : at;
        const next = firstAfter(effectTimes, from);
        return next === undefined ? [] : [next - from];
      });
      const up = comesUp(name) ? spread(all.map(({ at, overAt }) => overAt - at)) : undefined;
      return [name, { times: all.length, up, nextEffect: spread(waits) }];
    }),
  );
}

export function nameOf(fault: Done['fault']): string {
  if (fault.kind === 'cut') return `${fault.link} cut: ${fault.how}`;
  return `${fault.kind === 'kill' ? 'kill' : 'pause'} ${fault.target}`;
}

function comesUp(name: string): boolean {
  return name === 'kill postgres' || name === 'kill kafka';
}

function firstAfter(times: readonly number[], from: number): number | undefined {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  return times[low];
}

function spread(values: readonly number[]): { p50: number; max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: sorted[Math.floor(sorted.length / 2)] ?? 0, max: sorted.at(-1) ?? 0 };
}
