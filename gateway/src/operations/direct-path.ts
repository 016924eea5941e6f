import type { GraphQLRequestContext } from '@apollo/server';
import { GraphQLError, Kind, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { Execution, ExecutionResult } from '../execution/execution.ts';
import { maskError } from '../mask.ts';
import type { OwnListener, OwnPlugin } from './own-plugin.ts';
import type { Prepared } from './prepare.ts';

export interface DirectPathOptions {
  execution: Execution;
  /** The same as in Apollo Server's pipeline. */
  plugins: readonly OwnPlugin<GatewayContext>[];
}

export interface DirectAnswer {
  status: number;
  headers: ReadonlyMap<string, string>;
  result: { errors?: GraphQLFormattedError[] | undefined; data?: unknown };
}

type Variables = Record<string, unknown>;
interface Http {
  status?: number;
  headers?: ReadonlyMap<string, string>;
}

const nothing = new Map<string, string>();

/**
 * Executes prepared operations without Apollo Server's pipeline: the work that the pipeline does for each
 * request was done once. The answer is the same JSON (gateway/equivalence compares), and the same plugins run
 * before and after.
 */
export class DirectPath {
  readonly #options: DirectPathOptions;
  #schema: GraphQLSchema | null = null;

  constructor(options: DirectPathOptions) {
    this.#options = options;
  }

  useSchema(schema: GraphQLSchema): void {
    this.#schema = schema;
    this.#options.execution.forget();
  }

  async answer(prepared: Prepared, variables: Variables, context: GatewayContext): Promise<DirectAnswer> {
    const about = this.#about(prepared, variables, context);
    const listeners = this.#options.plugins.map((plugin) => plugin.begin(about));
    const answer = await this.#answer(prepared, about, listeners);
    for (const listener of listeners) listener.willSendResponse?.(about as never);
    return answer;
  }

  async #answer(
    prepared: Prepared,
    about: GraphQLRequestContext<GatewayContext>,
    listeners: readonly OwnListener<GatewayContext>[],
  ): Promise<DirectAnswer> {
    try {
      for (const listener of listeners) {
        const waiting = listener.didResolveOperation?.(about as never);
        if (waiting) await waiting;
      }
      return answered(about, await this.#options.execution.execute(prepared, about));
    } catch (error) {
      return failed(about, error);
    }
  }

  /** The part of Apollo Server's request context that plugins and the gateway read. */
  #about(
    { source, document, operation, operationName, queryHash }: Prepared,
    variables: Variables,
    context: GatewayContext,
  ): GraphQLRequestContext<GatewayContext> {
    return {
      request: { query: source, variables },
      response: { http: { headers: nothing, status: undefined } },
      schema: this.#schema,
      source,
      document,
      operation,
      operationName,
      queryHash,
      contextValue: context,
      context,
      metrics: {},
      errors: undefined,
    } as unknown as GraphQLRequestContext<GatewayContext>;
  }
}

function answered(
  about: { errors?: readonly GraphQLError[] },
  { data, errors }: ExecutionResult,
): DirectAnswer {
  if (!errors || errors.length === 0) return { status: 200, headers: nothing, result: { data } };
  const known = errors.map(ofVariable);
  about.errors = known;
  const status = data === undefined ? 400 : 200;
  return { status, headers: nothing, result: { errors: known.map(formatted), data } };
}

function failed(about: { errors?: readonly GraphQLError[] }, thrown: unknown): DirectAnswer {
  const error =
    thrown instanceof GraphQLError
      ? thrown
      : new GraphQLError(thrown instanceof Error ? thrown.message : 'unknown');
  about.errors = [error];
  const { status = 500, headers = nothing } = (error.extensions.http ?? {}) as Http;
  return { status, headers, result: { errors: [formatted(error)] } };
}

/** As in Apollo Server: a value that a variable cannot take is a fault of the caller. */
function ofVariable(error: GraphQLError): GraphQLError {
  const [node, another] = error.nodes ?? [];
  const about = node?.kind === Kind.VARIABLE_DEFINITION && !another && error.extensions.code === undefined;
  if (!about || !error.message.startsWith(`Variable "$${node.variable.name.value}"`)) return error;
  return new GraphQLError(error.message, { nodes: [node], extensions: { code: 'BAD_USER_INPUT' } });
}

function formatted(error: GraphQLError): GraphQLFormattedError {
  return maskError({ ...error.toJSON(), extensions: error.extensions });
}
