import { refused } from './live-operation.ts';

/** Number of open subscriptions of a person in this process. */
export class OpenSessions {
  readonly #open = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a place and returns a function that releases it; throws when the person has no place left. */
  take(viewerId: string): () => void {
    const open = this.#open.get(viewerId) ?? 0;
    if (open >= this.#most)
      throw refused('TOO_MANY_SUBSCRIPTIONS', `You have ${open} subscriptions open: close one first.`);
    this.#open.set(viewerId, open + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const now = (this.#open.get(viewerId) ?? 1) - 1;
      if (now === 0) this.#open.delete(viewerId);
      else this.#open.set(viewerId, now);
    };
  }

  get size(): number {
    return [...this.#open.values()].reduce((sum, one) => sum + one, 0);
  }
}
