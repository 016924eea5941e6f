import { KEEP_UNUSED_MS } from '@throughline/runtime';
import { Pool } from 'undici';
import { Exchange, type Ending } from './exchange.ts';
import { Abandoned, SubgraphFailure } from './failure.ts';
import type { Gone } from './gone.ts';

export interface UpstreamOptions {
  name: string;
  url: string;
  timeoutMs: number;
  /** Bytes that an answer may have. */
  mostBytes: number;
}

export interface UpstreamCall {
  body: Uint8Array;
  headers: Record<string, string>;
  /** Nobody waits for the answer any more. */
  gone?: Gone;
}

/** Pooled connections to one service; never repeats a call. */
export class Upstream {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #options: UpstreamOptions;

  constructor(options: UpstreamOptions) {
    const url = new URL(options.url);
    this.#options = options;
    this.#path = url.pathname;
    this.#pool = new Pool(url.origin, {
      connections: 64,
      // A copy that ends waits until nobody may begin to use a connection to it.
      keepAliveMaxTimeout: KEEP_UNUSED_MS,
      // Otherwise a copy that has just started would get no requests while the others have connections.
      clientTtl: 5_000,
      connect: { timeout: options.timeoutMs },
      maxResponseSize: options.mostBytes,
      // Each call has a clock of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** The text of the answer; throws a SubgraphFailure, or Abandoned. */
  post({ body, headers, gone }: UpstreamCall): Promise<string> {
    return new Promise((resolve, reject) => {
      const { name, timeoutMs } = this.#options;
      const exchange = new Exchange({
        timeoutMs,
        gone,
        answered: ({ usable, text }) => {
          if (usable) resolve(text);
          else reject(new SubgraphFailure(name, 'SUBGRAPH_BAD_ANSWER'));
        },
        ended: (why) => reject(failureOf(name, why)),
      });
      this.#pool.dispatch(
        {
          path: this.#path,
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
          body,
        },
        exchange,
      );
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

function failureOf(name: string, why: Ending): Error {
  if (why === 'gone') return new Abandoned();
  return new SubgraphFailure(name, why === 'late' ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE');
}
