import './telemetry-off.ts';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, HeaderMap, type ApolloServerOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { closeServer, listen, readBody } from '@throughline/graphql';
import { answerProbe, type Logger } from '@throughline/runtime';
import type { Authenticate } from './authenticate.ts';
import type { GatewayContext } from './context.ts';
import { applyCors, secureHeaders } from './headers.ts';
import type { LiveHub } from './live/live-hub.ts';
import { serveLive, type ServedLive } from './live/serve-live.ts';
import { maskError } from './mask.ts';
import { namedOperation } from './named-operation.ts';
import { operationLog } from './operation-log.ts';
import type { AnswerPage } from './query-page.ts';
import { compiledShaping } from './shaping/plugin.ts';
import type { SubgraphSource } from './subgraph/subgraph-source.ts';

export interface GraphOptions {
  name: 'staff' | 'partner';
  port: number;
  supergraphSdl: string;
  sourceOf: (subgraph: string) => SubgraphSource;
  authenticate: Authenticate;
  allowedOrigins: readonly string[];
  /** Answers the query page and its files; null in production. */
  page: AnswerPage | null;
  shaping: 'compiled' | 'library';
  /** Null: this graph has no subscriptions. */
  live: { hub: LiveHub; mostPerViewer: number } | null;
  logger: Logger;
}

export interface RunningGraph {
  url: string;
  close(): Promise<void>;
}

const mostBytes = 1_000_000;
const mostTokens = 2_000;
const armor = new ApolloArmor({
  maxDepth: { n: 14 },
  maxAliases: { n: 30 },
  maxDirectives: { n: 50 },
  // It answers 500; graphql's own limit is below.
  maxTokens: { enabled: false },
  costLimit: { enabled: false },
});

/** Serves one graph at /graphql: signs in, plans, asks the services, and answers what could be had. */
export async function startGraph(options: GraphOptions): Promise<RunningGraph> {
  const gateway = new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    buildService: ({ name }) => options.sourceOf(name),
    logger: quiet,
  });
  // graphql-armor's types come from the CommonJS build of @apollo/server, ours from the ES module.
  const protection = armor.protect() as unknown as Pick<
    ApolloServerOptions<GatewayContext>,
    'plugins' | 'validationRules'
  >;
  const apollo = new ApolloServer<GatewayContext>({
    gateway,
    introspection: options.page !== null,
    parseOptions: { maxLexicalTokens: mostTokens },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: options.page === null,
    formatError: (formatted) => maskError(formatted),
    validationRules: protection.validationRules ?? [],
    plugins: [
      ...(protection.plugins ?? []),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      namedOperation,
      operationLog(options.logger),
      ...compiledShaping(options.shaping, options.logger),
    ],
    stopOnTerminationSignals: false,
    logger: quiet,
  });
  const live =
    options.live &&
    serveLive({ ...options, ...options.live, apollo, rules: protection.validationRules ?? [] });
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => live?.useSchema(apiSchema));
  await apollo.start();

  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => {
      answer(request, response, { apollo, live }, options).catch((error: unknown) => {
        options.logger.error({ error }, 'a request failed');
        if (!response.headersSent)
          refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
      });
    },
  );
  live?.attach(server);
  await listen(server, options.port);
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/graphql`,
    close: async () => {
      await live?.close();
      await closeServer(server);
      await apollo.stop();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { apollo, live }: { apollo: ApolloServer<GatewayContext>; live: ServedLive | null },
  options: GraphOptions,
): Promise<void> {
  secureHeaders(response);
  if (
    await answerProbe(request, response, {
      ready: () => ({ healthy: true, parts: { supergraph: 'loaded' } }),
    })
  )
    return;
  if (applyCors(request, response, options.allowedOrigins)) return;

  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (request.method === 'GET' && options.page && (await options.page(path, response))) return;
  if (await live?.answer(path, request, response)) return;
  if (path !== '/graphql' && path !== '/') {
    refuse(response, 404, 'NOT_FOUND', 'The graph is at /graphql.');
    return;
  }
  if (request.method !== 'POST') {
    refuse(response, 405, 'BAD_REQUEST', 'Send the operation by POST as JSON.');
    return;
  }
  await answerOperation(request, response, apollo, options);
}

async function answerOperation(
  request: IncomingMessage,
  response: ServerResponse,
  apollo: ApolloServer<GatewayContext>,
  { authenticate }: GraphOptions,
): Promise<void> {
  const requestId = randomUUID();
  response.setHeader('x-request-id', requestId);
  const body = await readBody(request, mostBytes);
  if (body === null) {
    refuse(response, 413, 'BAD_REQUEST', 'The request is larger than 1 MB.');
    return;
  }
  const parsed = parseJson(body);
  if (parsed === undefined) {
    refuse(response, 400, 'BAD_REQUEST', 'The body is not JSON.');
    return;
  }

  const viewer = await authenticate(request.headers.authorization).catch((error: unknown) => {
    if (codeOf(error) !== 'UNAUTHENTICATED') throw error;
    refuse(response, 401, 'UNAUTHENTICATED', (error as Error).message);
    return null;
  });
  if (!viewer) return;

  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers: headersOf(request), search: '', body: parsed },
    context: () => Promise.resolve({ viewer, requestId, gone: goneSignal(response) }),
  });
  response.writeHead(result.status ?? 200, Object.fromEntries(result.headers));
  response.end(result.body.kind === 'complete' ? result.body.string : '');
}

/** Aborts when the caller has gone before it got its answer. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  return gone.signal;
}

function headersOf(request: IncomingMessage): HeaderMap {
  const type = request.headers['content-type'] ?? '';
  return new HeaderMap([['content-type', type]]);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return (error as { extensions?: { code?: unknown } } | null)?.extensions?.code;
}

const silence = (): void => undefined;
const quiet = { debug: silence, info: silence, warn: silence, error: silence };
