import { Pool, type Dispatcher } from 'undici';
import { Abandoned, SubgraphFailure, type FailureCode } from './failure.ts';

export interface UpstreamOptions {
  name: string;
  url: string;
  timeoutMs: number;
  /** Bytes that an answer may have. */
  mostBytes: number;
}

export interface UpstreamCall {
  body: string;
  headers: Record<string, string>;
  /** Nobody waits for the answer any more. */
  gone?: AbortSignal;
}

const json = /^application\/(graphql-response\+)?json\b/;

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
      connect: { timeout: options.timeoutMs },
      maxResponseSize: options.mostBytes,
    });
  }

  /** The text of the answer; throws a SubgraphFailure, or Abandoned. */
  async post({ body, headers, gone }: UpstreamCall): Promise<string> {
    const late = AbortSignal.timeout(this.#options.timeoutMs);
    const signal = gone ? AbortSignal.any([late, gone]) : late;
    let begun = false;
    try {
      const answer = await this.#pool.request({
        path: this.#path,
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
        body,
        signal,
      });
      begun = true;
      if (!usable(answer)) {
        await answer.body.dump();
        throw new SubgraphFailure(this.#options.name, 'SUBGRAPH_BAD_ANSWER');
      }
      return await answer.body.text();
    } catch (error) {
      if (error instanceof SubgraphFailure) throw error;
      if (gone?.aborted) throw new Abandoned();
      const broken: FailureCode = begun ? 'SUBGRAPH_BAD_ANSWER' : 'SUBGRAPH_UNAVAILABLE';
      throw new SubgraphFailure(this.#options.name, late.aborted ? 'SUBGRAPH_TIMEOUT' : broken);
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/**
 * A service says with 400 that variables are wrong, which is the caller's to know. That it refused the gateway (401,
 * 403) or broke (5xx), and what something else on the way answered, is not.
 */
function usable({ statusCode, headers }: Dispatcher.ResponseData): boolean {
  const type = headers['content-type'];
  if (type !== undefined && !json.test(String(type))) return false;
  return statusCode === 200 || statusCode === 400;
}
