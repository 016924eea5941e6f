import { createHash } from 'node:crypto';

/** A number from 0 up to 1 that depends on the text alone, so that both gateways are told the same. */
export function chance(...about: string[]): number {
  return createHash('sha256').update(about.join('\u0000')).digest().readUInt32BE(0) / 2 ** 32;
}

/** One of the given, by chance. */
export function oneOf<Item>(items: readonly Item[], ...about: string[]): Item {
  const item = items[Math.floor(chance(...about) * items.length)];
  if (item === undefined) throw new Error('Nothing to choose from');
  return item;
}
