const sweepEveryMs = 1_000;

/** Reached only by about eight thousand calls per second for a minute in one process. */
const mostTokens = 500_000;

/**
 * Ids of used viewer tokens, each stored until its token expires. When it is full it admits no token:
 * forgetting an id early would let its token be used again.
 */
export class SeenTokens {
  readonly #expiries = new Map<string, number>();
  readonly #most: number;
  #nextSweep = 0;

  constructor(most = mostTokens) {
    this.#most = most;
  }

  /** Whether this is the first use of the token; from now on it is used. Times are in milliseconds. */
  admit(id: string, expiresAt: number, now: number): boolean {
    this.#sweep(now);
    if (this.#expiries.has(id) || this.#expiries.size >= this.#most) return false;
    this.#expiries.set(id, expiresAt);
    return true;
  }

  /** Once a second and not at each call, because a map walks over all deleted entries at its front. */
  #sweep(now: number): void {
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + sweepEveryMs;
    for (const [id, expiresAt] of this.#expiries) {
      if (expiresAt > now) return;
      this.#expiries.delete(id);
    }
  }
}
