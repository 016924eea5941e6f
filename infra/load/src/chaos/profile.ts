import type { Wrong } from './part.ts';
import type { Plan, Role } from './schedule.ts';

/** The shape of a run: who works, how much, what happens to them. */
export interface Profile {
  crew: Partial<Record<Role, number>>;
  keys: number;
  /** Transactions per second of each process that writes. */
  rate: number;
  plan: Plan;
  /** How long everything committed may take to have its effects once the writers have stopped. */
  drainMs: number;
  wrong?: Wrong;
}

const everybody = { writer: 2, relay: 2, consumer: 2, service: 2, keeper: 2 };
/** A keeper is a whole service: a second one would take the two cores from those who tell and hear facts. */
const fewKeepers = { ...everybody, keeper: 1 };

export const shortRun: Profile = {
  crew: fewKeepers,
  keys: 24,
  rate: 20,
  plan: {
    durationMs: 115_000,
    kills: { kafka: 9, postgres: 9, relay: 16, consumer: 14, service: 14, writer: 4, keeper: 3 },
    pauses: { relay: 2, service: 2, consumer: 2 },
    cuts: 16,
  },
  // A timer that a fault struck is tried again after 3, 7, 20 and 54 seconds.
  drainMs: 150_000,
};

// A killed broker is away for several seconds: killed more often, it would be away for most of the run.
export const soak: Profile = {
  crew: everybody,
  keys: 48,
  rate: 20,
  plan: {
    durationMs: 30 * 60_000,
    kills: { kafka: 45, postgres: 110, relay: 340, consumer: 250, service: 230, writer: 75, keeper: 160 },
    pauses: { relay: 30, service: 30, consumer: 30, keeper: 30 },
    cuts: 240,
  },
  drainMs: 600_000,
};

const calm: Plan = { durationMs: 12_000, kills: {}, pauses: {}, cuts: 0 };
const control = { keys: 4, rate: 60, drainMs: 4000 };

/** Each wrong way under what brings it out. */
export const controls: Record<Wrong, Profile> = {
  'naive-cursor': {
    ...control,
    crew: { writer: 2, relay: 1, consumer: 1, service: 0 },
    plan: calm,
    wrong: 'naive-cursor',
  },
  // So much that there is always a batch under way: sent and not yet marked by the killed relay, or handled and not yet
  // committed by the killed consumer.
  'no-inbox': {
    keys: 24,
    rate: 200,
    crew: { writer: 2, relay: 2, consumer: 1 },
    plan: { ...calm, durationMs: 18_000, kills: { consumer: 4, relay: 10 } },
    drainMs: 20_000,
    wrong: 'no-inbox',
  },
  'no-leader': {
    ...control,
    crew: { writer: 2, relay: 3, consumer: 1 },
    plan: calm,
    wrong: 'no-leader',
  },
  'no-key-lock': {
    ...control,
    crew: { writer: 2, relay: 1, consumer: 1 },
    plan: calm,
    wrong: 'no-key-lock',
  },
  // A consumer that was away for longer than its session commits too late, and hears nothing any more while its process
  // lives on.
  'offsets-in-handler': {
    ...control,
    rate: 200,
    crew: { writer: 2, relay: 1, consumer: 1 },
    plan: { ...calm, durationMs: 24_000, pauses: { consumer: 3, relay: 3 } },
    drainMs: 12_000,
    wrong: 'offsets-in-handler',
  },
  'timers-in-memory': {
    ...control,
    crew: { keeper: 2 },
    plan: { ...calm, kills: { keeper: 2 } },
    wrong: 'timers-in-memory',
  },
};
