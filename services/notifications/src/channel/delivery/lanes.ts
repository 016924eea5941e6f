import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';

/** Attempts of one channel at the same time in one process: a channel that hangs fills only its own places. */
const PLACES = 4;

export class Lanes {
  readonly #busy = new Map<MessageChannel, number>();

  /** Does the work; a place that it takes is free again when the work ends, however it ends. */
  async during<Value>(work: (enter: (channel: MessageChannel) => boolean) => Promise<Value>): Promise<Value> {
    const taken: MessageChannel[] = [];
    try {
      return await work((channel) => this.#enter(channel) && taken.push(channel) > 0);
    } finally {
      for (const channel of taken) this.#busy.set(channel, (this.#busy.get(channel) ?? 1) - 1);
    }
  }

  #enter(channel: MessageChannel): boolean {
    const busy = this.#busy.get(channel) ?? 0;
    if (busy >= PLACES) return false;
    this.#busy.set(channel, busy + 1);
    return true;
  }
}
