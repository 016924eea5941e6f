import { NetworkError, type Client as Stream, type ExecutionResult } from 'graphql-sse';
import { graphErrors, type GraphError } from './errors.ts';
import type { Naming, Operation, Request } from './operation.ts';

export interface LiveEvent<Result> {
  data: Result | null;
  errors: GraphError[];
  /** Comes when listening has begun, and when events may have been missed since: read what you show, now. */
  readAnew: boolean;
}

export interface LiveListener<Result> {
  next(event: LiveEvent<Result>): void;
  /** Nothing more is heard: the graph refused, for example UNAUTHENTICATED. */
  refused(error: GraphError): void;
}

export interface LiveRequest<Result, Variables> {
  stream: Stream;
  naming: Naming;
  operation: Operation<Result, Variables>;
  variables: Variables;
}

type Told<Result> = ExecutionResult<Result, { eventId?: string }>;

/** These end a subscription that had begun: it goes on with another, and with another token if that has expired. */
const interruptions: readonly string[] = ['LIVE_INTERRUPTED', 'UNAUTHENTICATED'];
const longestPauseMs = 30_000;

/** Goes on from the last event that was heard; waits longer after each attempt in vain. */
export class Listening<Result, Variables> {
  readonly #request: LiveRequest<Result, Variables>;
  readonly #listener: LiveListener<Result>;
  #lastEventId: string | undefined;
  #attempts = 0;
  #stopped = false;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #leave: () => void = () => undefined;

  constructor(request: LiveRequest<Result, Variables>, listener: LiveListener<Result>) {
    this.#request = request;
    this.#listener = listener;
  }

  begin(): void {
    const { naming, operation, variables } = this.#request;
    this.#open(naming.requestOf(operation, variables));
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#pause);
    this.#leave();
  }

  #open({ documentId, query = '', variables }: Request): void {
    const extensions = {
      ...(documentId !== undefined && { persistedQuery: { version: 1, sha256Hash: documentId } }),
      ...(this.#lastEventId !== undefined && { lastEventId: this.#lastEventId }),
    };
    this.#leave = this.#request.stream.subscribe<Record<string, unknown>, { eventId?: string }>(
      { query, variables: variables as Record<string, unknown>, extensions },
      {
        next: (told) => this.#heard(told as Told<Result>),
        error: (error) => void this.#ended(error),
        complete: () => this.#later(),
      },
      { connected: () => this.#connected() },
    );
  }

  #connected(): void {
    if (this.#lastEventId === undefined) this.#listener.next({ data: null, errors: [], readAnew: true });
  }

  #heard({ data, errors: told, extensions }: Told<Result>): void {
    const errors = graphErrors(told, null);
    if (errors.some(({ code, path }) => !path && interruptions.includes(code))) return;
    this.#attempts = 0;
    this.#lastEventId = extensions?.eventId ?? this.#lastEventId;
    this.#listener.next({ data: data ?? null, errors, readAnew: false });
  }

  async #ended(error: unknown): Promise<void> {
    const { naming, operation, variables } = this.#request;
    const refusal = await refusalOf(error);
    const again = naming.again(operation, variables, refusal?.code);
    if (again) this.#open(again);
    else if (refusal?.code === 'LIVE_GAP') {
      this.#lastEventId = undefined;
      this.begin();
    } else if (refusal && refusal.code !== 'LIVE_INTERRUPTED') this.#listener.refused(refusal);
    else this.#later();
  }

  /** Not all at the same moment, when a graph has stopped that many listened to. */
  #later(): void {
    if (this.#stopped) return;
    const longest = Math.min(longestPauseMs, 1_000 * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#pause = setTimeout(() => this.begin(), (longest * (1 + Math.random())) / 2);
  }
}

/** Null: the connection is lost, or what answered was not the graph. */
async function refusalOf(error: unknown): Promise<GraphError | null> {
  if (!(error instanceof NetworkError)) return null;
  const response = error.response as Response | undefined;
  const body = (await response?.json().catch(() => null)) as { errors?: object[] } | null | undefined;
  return graphErrors(body?.errors, response?.headers.get('x-request-id') ?? null)[0] ?? null;
}
