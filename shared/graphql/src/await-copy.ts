import { setTimeout as pause } from 'node:timers/promises';

/** How far facts of other services may be behind, and how long a caller waits for one. */
const lag = { usualMs: 10_000, mostMs: 2_000, stepMs: 25 };

/** When a uuid of version 7 was made; null for any other. */
export function madeAt(id: string): Date | null {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/i.exec(id) ?? [];
  return high && low ? new Date(Number.parseInt(high + low, 16)) : null;
}

/**
 * Looks for this service's copy of what another service made. A copy may still be on its way while the id is younger
 * than the lag, so then it is looked for again, two seconds at most; an older id is answered at once. `look` gives
 * undefined for as long as waiting can help: somebody else's record does not get better by waiting.
 * Call it before the transaction, so that no connection is held meanwhile.
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
