const sweepEveryMs = 1_000;

/** One process would have to answer about eight thousand calls a second for a minute to reach it. */
const mostTokens = 500_000;

/**
 * Ids of the viewer tokens that were used, each kept until its token expires. When there is no room it admits
 * nothing: forgetting one early would let it be used again.
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

  /** Once a second and not at each call, because a map steps over all that was deleted from its front. */
  #sweep(now: number): void {
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + sweepEveryMs;
    for (const [id, expiresAt] of this.#expiries) {
      if (expiresAt > now) return;
      this.#expiries.delete(id);
    }
  }
}
