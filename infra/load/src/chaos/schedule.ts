import { randomFrom } from './random.ts';

/**
 * A writer only writes, a relay only sends, a consumer only hears; a service does all three, as the real ones do. A keeper
 * has the timers of the care after a discharge.
 */
export const roles = ['writer', 'relay', 'consumer', 'service', 'keeper'] as const;
export type Role = (typeof roles)[number];
export type Paused = Exclude<Role, 'writer'>;
export type Target = Role | 'postgres' | 'kafka';
export type Link = 'postgres' | 'kafka';

export const cuts = ['reset', 'after-append', 'delay', 'half-open'] as const;
export type Cut = (typeof cuts)[number];

interface Timed {
  /** Milliseconds from the beginning. */
  at: number;
}

export interface Kill extends Timed {
  kind: 'kill';
  target: Target;
  /** Which of several, from 0 up to 1. */
  pick: number;
  /** Prefers the process that sends at the moment. */
  leader: boolean;
}

export interface Pause extends Timed {
  kind: 'pause';
  target: Paused;
  pick: number;
  leader: boolean;
  forMs: number;
  /** The server ends the relay's session meanwhile, so that another leads when the paused one comes back. */
  deposed: boolean;
}

export interface CutOff extends Timed {
  kind: 'cut';
  link: Link;
  how: Cut;
  forMs: number;
}

export type Fault = Kill | Pause | CutOff;

export interface Plan {
  durationMs: number;
  kills: Partial<Record<Target, number>>;
  /** At the least 5, at the most 10 seconds each. */
  pauses: Partial<Record<Paused, number>>;
  cuts: number;
}

const QUIET_START_MS = 2000;

/**
 * What happens when, by order of time: the same for the same seed. The faults of one target are spread over the
 * whole run, each at random within the first half of its share, so that the target is up again before the next.
 */
export function scheduleOf(seed: number, { durationMs, kills, pauses, cuts: cutCount }: Plan): Fault[] {
  const random = randomFrom(seed);
  const spread = (count: number): number[] => {
    const share = (durationMs - QUIET_START_MS) / count;
    return Array.from({ length: count }, (_, n) => Math.round(QUIET_START_MS + (n + random() / 2) * share));
  };
  const killed = Object.entries(kills).flatMap(([target, count]) =>
    spread(count).map((at): Kill => ({
      kind: 'kill',
      at,
      target: target as Target,
      pick: random(),
      leader: random() < 0.6,
    })),
  );
  const paused = Object.entries(pauses).flatMap(([target, count]) =>
    spread(count).map((at): Pause => ({
      kind: 'pause',
      at,
      target: target as Paused,
      pick: random(),
      leader: true,
      forMs: Math.round(5000 + random() * 5000),
      deposed: target === 'relay' || target === 'service',
    })),
  );
  const cutOff = spread(cutCount).map((at, n): CutOff => {
    const how = cuts[n % cuts.length] ?? 'reset';
    const link = Math.floor(n / cuts.length) % 2 === 0 ? 'kafka' : 'postgres';
    return { kind: 'cut', at, link, how, forMs: Math.round(1000 + random() * 3000) };
  });
  return [...killed, ...paused, ...cutOff].sort((a, b) => a.at - b.at);
}
