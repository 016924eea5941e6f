import type { Alive } from '@throughline/runtime';
import type { DataSource } from 'typeorm';

/**
 * Asks the pool of a service for an answer, again and again, one question at a time. Results and errors that carry a
 * code are answers: the server or the network has said something, and a new process would hear the same. No free
 * connection, or one that stays silent, is no answer: then only a new process helps.
 */
export class PoolWatch {
  readonly #dataSource: Pick<DataSource, 'query'>;
  readonly #limitMs: number;
  readonly #timer: NodeJS.Timeout;
  #answeredAt = performance.now();
  #isAsking = false;

  constructor(dataSource: Pick<DataSource, 'query'>, { silenceLimitMs }: { silenceLimitMs: number }) {
    this.#dataSource = dataSource;
    this.#limitMs = silenceLimitMs;
    this.#timer = setInterval(() => void this.#ask(), Math.max(50, silenceLimitMs / 10)).unref();
  }

  readonly alive: Alive = () => {
    const silentMs = performance.now() - this.#answeredAt;
    if (silentMs < this.#limitMs) return 'ok';
    return `the database pool has not answered for ${Math.floor(silentMs / 1000)} s`;
  };

  close(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#dataSource.query('select 1');
      this.#answeredAt = performance.now();
    } catch (error) {
      if (hasCode(error)) this.#answeredAt = performance.now();
    } finally {
      this.#isAsking = false;
    }
  }
}

function hasCode(error: unknown): boolean {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return typeof (driverError?.code ?? code) === 'string';
}
