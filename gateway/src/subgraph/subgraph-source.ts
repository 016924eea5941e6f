import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { digestOf, signViewerFor, type Viewer } from '@throughline/graphql';
import { inSpan, traceparent, type SigningKey, type SpanAbout } from '@throughline/runtime';
import { OperationTypeNode } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { Breaker, type BreakerState } from './breaker.ts';
import { placesOf, rememberRoot } from './entity-places.ts';
import { Abandoned, SubgraphFailure, type FailureCode } from './failure.ts';
import type { Gone } from './gone.ts';
import { missingPart } from './missing-part.ts';
import { readAnswer } from './read-answer.ts';
import { distinct, expand, type SubgraphAnswer } from './representations.ts';
import { SingleFlight } from './single-flight.ts';
import { Upstream } from './upstream.ts';

export interface SubgraphSourceOptions {
  name: string;
  url: string;
  /** Signs the viewer. */
  viewerKey: SigningKey;
  timeoutMs: number;
  mostBytes: number;
  breaker: { failures: number; openMs: number };
  /** Whether equal queries of one viewer at the same time are sent once. */
  singleFlight: boolean;
  watch?: SubgraphWatch;
}

/** Receives the result of each call. */
export interface SubgraphWatch {
  called(outcome: 'ok' | 'abandoned' | FailureCode, seconds: number): void;
  /** A part of an answer is missing because of the service. */
  missing(code: FailureCode): void;
  /** A query was answered by a call of another query. */
  shared(): void;
}

/** Digested once, for its signature and to find an equal call by. */
interface Body {
  bytes: Buffer;
  digest: string;
}

type Options = GraphQLDataSourceProcessOptions<GatewayContext>;
type Response = Awaited<ReturnType<GraphQLDataSource<GatewayContext>['process']>>;

/**
 * Calls one service. It sends only the viewer token, the request id and the trace context. A service that is
 * slow, dead or answers nonsense costs its own part of the answer and nothing else.
 */
export class SubgraphSource implements GraphQLDataSource<GatewayContext> {
  readonly #options: SubgraphSourceOptions;
  readonly #upstream: Upstream;
  readonly #breaker: Breaker;
  readonly #flights = new SingleFlight();
  /**
   * Requests that waited for this service without an answer: the next part of their plan does not wait again.
   */
  readonly #inVain = new WeakSet<GatewayContext>();

  constructor(options: SubgraphSourceOptions) {
    this.#options = options;
    this.#upstream = new Upstream(options);
    this.#breaker = new Breaker({ name: options.name, ...options.breaker });
  }

  get name(): string {
    return this.#options.name;
  }

  get state(): BreakerState {
    return this.#breaker.state;
  }

  /** The text that the service answers to the body of a query. */
  read(body: string, context: GatewayContext): Promise<string> {
    return this.#call(body, context, false);
  }

  async process(options: Options): Promise<Response> {
    const { representations } = (options.request.variables ?? {}) as { representations?: unknown };
    const entities = Array.isArray(representations) ? representations : null;
    const once = entities && distinct(entities);
    try {
      const answer = await this.#ask(options, once?.representations ?? entities);
      if (!entities && answer.data) rememberRoot(options.context, answer.data);
      return once ? expand(answer, once.places) : answer;
    } catch (error) {
      if (!(error instanceof SubgraphFailure) || !isPartOfRequest(options)) throw error;
      this.#options.watch?.missing(error.code);
      return { errors: missing(error, options, entities) };
    }
  }

  close(): Promise<void> {
    return this.#upstream.close();
  }

  async #ask(options: Options, entities: readonly unknown[] | null): Promise<SubgraphAnswer> {
    const context = options.context as GatewayContext;
    const { query, variables, operationName } = options.request;
    const body = JSON.stringify({
      query,
      variables: entities ? { ...variables, representations: entities } : variables,
      operationName,
      ...(!entities && context.inputFaults && { extensions: { inputFaults: context.inputFaults } }),
    });
    const text =
      context.recorded?.find(this.name, body) ?? (await this.#call(body, context, isMutation(options)));
    const answer = readAnswer(text, entities?.length ?? null);
    if (!answer) throw new SubgraphFailure(this.#options.name, 'SUBGRAPH_BAD_ANSWER');
    return answer;
  }

  async #call(text: string, context: GatewayContext, mutation: boolean): Promise<string> {
    if (this.#inVain.has(context)) throw new SubgraphFailure(this.#options.name, 'SUBGRAPH_UNAVAILABLE');
    const bytes = Buffer.from(text);
    const body = { bytes, digest: digestOf(bytes) };
    try {
      if (mutation) return await this.#write(body, context);
      if (!this.#options.singleFlight || context.fresh) return await this.#send(body, context, context.gone);
      return await this.#flights.run(
        `${identityOf(context.viewer)} ${body.digest}`,
        (gone) => this.#send(body, context, gone),
        { gone: context.gone, joined: () => this.#options.watch?.shared() },
      );
    } catch (error) {
      if (error instanceof SubgraphFailure && error.code === 'SUBGRAPH_TIMEOUT') this.#inVain.add(context);
      throw error;
    }
  }

  /**
   * Continues when the caller has gone: the service has begun, and half of a plan of writes is worse than all
   * of it.
   */
  async #write(body: Body, context: GatewayContext): Promise<string> {
    try {
      return await this.#send(body, context);
    } finally {
      this.#flights.close();
    }
  }

  #send({ bytes, digest }: Body, { viewer, requestId }: GatewayContext, gone?: Gone): Promise<string> {
    const { name, viewerKey } = this.#options;
    if (gone?.gone) throw new Abandoned();
    const post = (trial: boolean): Promise<string> => {
      const token = signViewerFor(viewer, { subgraph: name, digest }, viewerKey);
      const headers = { 'x-viewer-token': token, 'x-request-id': requestId, ...traceHeaders() };
      return this.#timed(this.#upstream.post({ body: bytes, headers, ...(gone && !trial && { gone }) }));
    };
    return this.#breaker.run((trial) =>
      inSpan(
        () => stepTo(name, requestId),
        () => post(trial),
      ),
    );
  }

  #timed(call: Promise<string>): Promise<string> {
    const { watch } = this.#options;
    if (!watch) return call;
    const began = performance.now();
    const told = (outcome: Parameters<SubgraphWatch['called']>[0]): void =>
      watch.called(outcome, (performance.now() - began) / 1000);
    call.then(
      () => told('ok'),
      (error: unknown) => told(error instanceof SubgraphFailure ? error.code : 'abandoned'),
    );
    return call;
  }
}

const identities = new WeakMap<Viewer, string>();

/** Everything that a service learns about a viewer; one object for all requests of a token. */
function identityOf(viewer: Viewer): string {
  let identity = identities.get(viewer);
  if (identity === undefined) {
    identity = JSON.stringify(viewer);
    identities.set(viewer, identity);
  }
  return identity;
}

function stepTo(subgraph: string, requestId: string): SpanAbout {
  const attributes = { 'throughline.subgraph': subgraph, 'throughline.request_id': requestId };
  return { by: 'gateway', name: `call ${subgraph}`, kind: 'client', attributes };
}

/** For the service to continue the trace; where nothing is traced, nothing. */
function traceHeaders(): { traceparent?: string } {
  const carried = traceparent();
  return carried === undefined ? {} : { traceparent: carried };
}

type PartOfRequest = Extract<Options, { incomingRequestContext: unknown }>;

function isPartOfRequest(options: Options): options is PartOfRequest {
  return 'incomingRequestContext' in options;
}

function isMutation(options: Options): boolean {
  return (
    isPartOfRequest(options) &&
    options.incomingRequestContext.operation.operation === OperationTypeNode.MUTATION
  );
}

function missing(failure: SubgraphFailure, options: PartOfRequest, representations: unknown[] | null) {
  const { document, operation } = options.incomingRequestContext;
  const { requestId } = options.context;
  const at = options.pathInIncomingRequest ?? [];
  return missingPart({
    failure,
    requestId,
    query: options.request.query ?? '',
    representations,
    places: representations && placesOf(options.context, at, representations),
    incoming: { document, operation },
    at,
  });
}
