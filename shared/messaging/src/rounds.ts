import type { Logger } from '@throughline/runtime';

const MAX_BACKOFF_MS = 2000;

export interface RoundsOptions {
  name: string;
  /** Longest pause between two rounds without faults. */
  pollMs: number;
  logger: Logger;
}

/** Runs rounds one after the other, immediately when woken, with growing, random pauses after failures. */
export class Rounds {
  readonly #round: () => Promise<unknown>;
  readonly #options: RoundsOptions;
  #woken = false;
  #resume: (() => void) | undefined;
  #failures = 0;
  #done: Promise<void> | undefined;
  closed = false;

  constructor(round: () => Promise<unknown>, options: RoundsOptions) {
    this.#round = round;
    this.#options = options;
  }

  start(): void {
    this.#done = this.#run();
  }

  wake(): void {
    this.#woken = true;
    // During a fault only the pause decides; otherwise every commit would call a server that is down.
    if (this.#failures === 0) this.#resume?.();
  }

  /** Resolves after the running round. */
  async close(): Promise<void> {
    this.closed = true;
    this.#resume?.();
    await this.#done;
  }

  #isOpen(): boolean {
    return !this.closed;
  }

  async #run(): Promise<void> {
    while (this.#isOpen()) {
      this.#woken = false;
      try {
        await this.#round();
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        if (this.#isOpen())
          this.#options.logger.warn({ error, id: this.#options.name }, 'a round failed and is repeated');
      }
      await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    if (this.closed || (this.#woken && this.#failures === 0)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#restMs());
      this.#resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#resume = undefined;
  }

  #restMs(): number {
    if (this.#failures === 0) return this.#options.pollMs;
    return Math.min(100 * 2 ** (this.#failures - 1), MAX_BACKOFF_MS) * (0.5 + Math.random() / 2);
  }
}
