import { setTimeout as pause } from 'node:timers/promises';

/** Greatest lag of facts of other services, and longest wait of a caller. */
const lag = { usualMs: 10_000, mostMs: 2_000, stepMs: 25 };

/** Time at which a uuid of version 7 was made; null for another version. */
export function madeAt(id: string): Date | null {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/i.exec(id) ?? [];
  return high && low ? new Date(Number.parseInt(high + low, 16)) : null;
}

/**
 * Looks for the copy of an object of another service. While the id is younger than the lag, the copy may be on
 * its way, so this looks again for at most two seconds; for an older id it answers at once. `look` returns
 * undefined as long as waiting can help; waiting does not help for a record of somebody else. Call it before
 * the transaction, so that no connection is held.
 */
export async function awaitCopy<Copy>(
  id: string,
  now: Date,
  look: () => Promise<Copy | null | undefined>,
): Promise<Copy | null> {
  const deadline = performance.now() + lag.mostMs;
  const made = madeAt(id);
  const isYoung = made !== null && now.getTime() - made.getTime() < lag.usualMs;
  for (;;) {
    const copy = await look();
    if (copy !== undefined) return copy;
    if (!isYoung || performance.now() > deadline) return null;
    await pause(lag.stepMs);
  }
}
