import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { signViewer } from '@throughline/graphql';
import { GraphQLError } from 'graphql';
import { Pool } from 'undici';
import { z } from 'zod';
import type { GatewayContext } from '../context.ts';

export interface SubgraphSourceOptions {
  name: string;
  url: string;
  viewerSecret: string;
  timeoutMs: number;
}

type Response = Awaited<ReturnType<GraphQLDataSource<GatewayContext>['process']>>;

const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
});

/**
 * Calls one service over pooled connections. Only the viewer token and the request id go along; a service that
 * is slow, dead or talks nonsense costs its own part of the answer and nothing else.
 */
export class SubgraphSource implements GraphQLDataSource<GatewayContext> {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #options: SubgraphSourceOptions;

  constructor(options: SubgraphSourceOptions) {
    const url = new URL(options.url);
    this.#options = options;
    this.#pool = new Pool(url.origin, { connections: 64, connect: { timeout: options.timeoutMs } });
    this.#path = url.pathname;
  }

  async process({ request, context }: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<Response> {
    const { query, variables, operationName } = request;
    const body = JSON.stringify({ query, variables, operationName });
    const text = await this.#send(body, context as GatewayContext);
    return this.#read(text);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #send(body: string, { viewer, requestId }: GatewayContext): Promise<string> {
    const { name, viewerSecret, timeoutMs } = this.#options;
    const token = await signViewer(viewer, { subgraph: name, body }, viewerSecret);
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#pool.request({
        path: this.#path,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-viewer-token': token, 'x-request-id': requestId },
        body,
        signal,
      });
      return await response.body.text();
    } catch {
      throw this.#unavailable(signal.aborted ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE');
    }
  }

  #read(text: string): Response {
    const parsed = answer.safeParse(parseJson(text));
    if (!parsed.success) throw this.#unavailable('SUBGRAPH_BAD_ANSWER');
    const { data, errors } = parsed.data;
    return {
      ...(data && { data }),
      ...(errors && { errors: errors }),
    };
  }

  #unavailable(code: string): GraphQLError {
    const { name } = this.#options;
    return new GraphQLError(`The ${name} service did not answer; its part is missing.`, {
      extensions: { code, serviceName: name },
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
