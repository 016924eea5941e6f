import type { Signal } from './signal.ts';

/** Why a listener ended. */
export type Ending = 'CLOSING' | 'EXPIRED' | 'OVERFLOW' | 'GONE' | 'SHUT_OUT';

const mostWaiting = 10_000;

/**
 * Signals that one subscriber has not read yet. When a subscriber does not read, its subscription ends, not the
 * process.
 */
export class Listener implements AsyncIterable<Signal> {
  readonly #waiting: Signal[];
  readonly #forget: () => void;
  #wake: (() => void) | null = null;
  #ending: Ending | null = null;

  constructor(missed: readonly Signal[], forget: () => void) {
    this.#waiting = [...missed];
    this.#forget = forget;
  }

  get ending(): Ending | null {
    return this.#ending;
  }

  tell(signal: Signal): void {
    if (this.#waiting.length >= mostWaiting) {
      this.end('OVERFLOW');
      return;
    }
    this.#waiting.push(signal);
    this.#wake?.();
  }

  end(ending: Ending): void {
    this.#ending ??= ending;
    this.#waiting.length = 0;
    this.#forget();
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Signal, void, undefined> {
    while (this.#ending === null) {
      const signal = this.#waiting.shift();
      if (signal) yield signal;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
