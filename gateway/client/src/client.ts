import { createClient as createStream } from 'graphql-sse';
import { graphErrors, type GraphError } from './errors.ts';
import { Listening, type LiveListener } from './live.ts';
import { Naming, type After, type Operation, type Request } from './operation.ts';

export interface ClientOptions {
  /** Address of the graph, for example http://localhost:4000/graphql. */
  url: string;
  /** The access token, or where to get one that is still good: asked before each request. */
  token: string | (() => string | Promise<string>);
  /** Sends the text when the graph does not know the id: while one develops, never in production. Default false. */
  fallBackToText?: boolean;
}

export interface Answer<Result> {
  /** What could be had; a null in it that has an error of its own is missing, any other is an answer. */
  data: Result | null;
  errors: GraphError[];
  /** Names the request for the people who operate the graph. */
  requestId: string | null;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface Client {
  /** Rejects only when there is no answer at all: the network, or `signal`. */
  query<Result, Variables>(
    operation: Operation<Result, Variables>,
    ...more: After<Variables, CallOptions>
  ): Promise<Answer<Result>>;
  mutate<Result, Variables>(
    operation: Operation<Result, Variables>,
    ...more: After<Variables, CallOptions>
  ): Promise<Answer<Result>>;
  /** Listens until the function that it gives back is called, through interruptions and restarts of the graph. */
  live<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    listener: LiveListener<Result>,
  ): () => void;
}

interface Body<Result> {
  data?: Result | null;
  errors?: readonly object[];
}

/** Talks to one graph as one person. */
export function createClient({ url, token, fallBackToText = false }: ClientOptions): Client {
  const naming = new Naming(fallBackToText);
  const headers = async (): Promise<Record<string, string>> => ({
    authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
  });
  const post = async <Result>(request: Request, { signal }: CallOptions): Promise<Answer<Result>> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...(await headers()), 'content-type': 'application/json' },
      body: JSON.stringify(request),
      ...(signal && { signal }),
    });
    return answerOf<Result>(response);
  };
  const ask: Client['query'] = async <Result, Variables>(
    operation: Operation<Result, Variables>,
    ...[variables, options = {}]: After<Variables, CallOptions>
  ) => {
    const answer = await post<Result>(naming.requestOf(operation, variables), options);
    const again = naming.again(operation, variables, answer.errors[0]?.code);
    return again ? post<Result>(again, options) : answer;
  };
  const stream = createStream({ url: `${url}/stream`, headers, retryAttempts: 0 });
  return {
    query: ask,
    mutate: ask,
    live: (operation, variables, listener) => {
      const listening = new Listening({ stream, naming, operation, variables }, listener);
      listening.begin();
      return () => listening.stop();
    },
  };
}

async function answerOf<Result>(response: Response): Promise<Answer<Result>> {
  const requestId = response.headers.get('x-request-id');
  const body = (await response.json().catch(() => {
    throw new Error(`What answers at ${response.url} is not the graph: status ${response.status}, no JSON`);
  })) as Body<Result>;
  return { data: body.data ?? null, errors: graphErrors(body.errors, requestId), requestId };
}
