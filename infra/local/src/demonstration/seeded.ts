import { createHash } from 'node:crypto';

/** A source of chance that always gives the same for the same seed. */
export interface Seeded {
  /** From 0 up to 1. */
  next(): number;
  /** Both ends included. */
  between(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(probability: number): boolean;
  shuffled<Item>(items: readonly Item[]): Item[];
  /** Some different ones, in no order. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

/** Mulberry32: small, fast and good enough for invented people. */
export function seeded(seed: string): Seeded {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const shuffled = <Item>(items: readonly Item[]): Item[] => {
    const rest = [...items];
    return items.map(() => rest.splice(between(0, rest.length - 1), 1)[0] as Item);
  };
  return {
    next,
    between,
    shuffled,
    pick: <Item>(items: readonly Item[]): Item => items[between(0, items.length - 1)] as Item,
    chance: (probability) => next() < probability,
    some: (items, count) => shuffled(items).slice(0, count),
  };
}

/** An id that follows from the seed and a name alone, in the form of UUID version 8. */
export function idOf(seed: string, ...name: (string | number)[]): string {
  const hex = createHash('sha256')
    .update([seed, ...name].join('/'))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The item at a position that may run past the end: it begins again. */
export function turn<Item>(items: readonly Item[], position: number): Item {
  return items[position % items.length] as Item;
}

/** For what the plan itself guarantees to be there. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The plan of the demonstration data contradicts itself.');
  return value;
}
