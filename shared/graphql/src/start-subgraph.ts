import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import {
  answerProbe,
  CannotStart,
  DRAIN_MS,
  Draining,
  inSpan,
  type Alive,
  listen,
  originOf,
  type Logger,
  type PublicKey,
  type Ready,
  type Registry,
  type SpanAbout,
} from '@throughline/runtime';
import type { GraphQLSchema } from 'graphql';
import type { ToldFaults } from './context.ts';
import { maskError } from './errors.ts';
import { SeenTokens } from './seen-tokens.ts';
import { internalCallOnly } from './internal-call.ts';
import { verifyViewer, type InternalCall, type Viewer, type ViewerGuard } from './viewer.ts';
import { rememberRequest, watchOperations, type RequestAbout } from './watch-operations.ts';

export interface SubgraphOptions<Context extends object> {
  name: string;
  port: number;
  /** The address to listen on. Default 127.0.0.1. */
  host?: string;
  schema: GraphQLSchema;
  /** The public keys of the gateway. */
  viewerKeys: readonly PublicKey[];
  /** The call that another service may make; left out: none. */
  internal?: InternalCall;
  /** The viewer with the roles that count now; null when the person or the agency is shut out. Everybody when left out. */
  admit?: (viewer: Viewer) => Promise<Viewer | null>;
  createContext: (request: { viewer: Viewer; requestId: string }) => Context;
  /** Answers requests that are no GraphQL, and says whether this was one. */
  answerFile?: AnswerFile;
  logger: Logger;
  ready: Ready;
  /** Whether the process must be started again; a process that answers is alive when left out. */
  alive?: Alive;
  metrics?: Registry;
}

/** A request for a file, which carries its own proof. `admit`: the viewer with the roles that count now; null when shut out. */
export type AnswerFile = (
  request: IncomingMessage,
  response: ServerResponse,
  admit: (viewer: Viewer) => Promise<Viewer | null>,
) => Promise<boolean>;

export interface RunningSubgraph {
  url: string;
  /** Takes what still comes, until the gateways use other connections. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** What serving needs in addition to the start options. */
interface Serving {
  guard: ViewerGuard;
  /** Filled step by step; for the log when something fails. */
  about: Partial<RequestAbout>;
}

interface Executing<Context extends object> extends Pick<SubgraphOptions<Context>, 'createContext'> {
  viewer: Viewer;
  about: RequestAbout;
}

const mostBytes = 1_000_000;
const refusal = JSON.stringify({
  errors: [{ message: 'Only the gateway may call a service.', extensions: { code: 'UNAUTHENTICATED' } }],
});
const shutOut: Readonly<Record<Viewer['graph'], string>> = {
  STAFF: shutOutWith('Your access has ended. Ask a program administrator to set you active.'),
  PARTNER: shutOutWith(
    'Your agency has no access now. Ask the program to record your agency as active, with an agreement that is in force.',
  ),
  INTERNAL: shutOutWith('This caller has no access.'),
};

function shutOutWith(message: string): string {
  return JSON.stringify({ data: null, errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] });
}

/** Serves one subgraph at /graphql over plain HTTP, only to callers with a viewer token. */
export async function startSubgraph<Context extends object>(
  options: SubgraphOptions<Context>,
): Promise<RunningSubgraph> {
  const apollo = new ApolloServer<Context>({
    schema: options.schema,
    introspection: false,
    csrfPrevention: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    formatError: maskError,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      watchOperations(options.logger),
      internalCallOnly(options.internal?.field ?? null),
    ],
    stopOnTerminationSignals: false,
  });
  await apollo.start();

  const guard = guardOf(options);
  const draining = new Draining();
  const server = createServer((request, response) => {
    draining.track(response);
    const about: Partial<RequestAbout> = {};
    answer(request, response, apollo, { ...options, guard, about }).catch((error: unknown) => {
      options.logger.error({ ...about, error }, 'a request failed');
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  await listen(server, options);
  return {
    url: `${originOf(server)}/graphql`,
    drain: () => draining.begin(server, DRAIN_MS),
    close: async () => {
      await draining.end(server);
      await apollo.stop();
    },
  };
}

async function answer<Context extends object>(
  request: IncomingMessage,
  response: ServerResponse,
  apollo: ApolloServer<Context>,
  options: SubgraphOptions<Context> & Serving,
): Promise<void> {
  if (await answerProbe(request, response, options)) return;
  const { admit = (viewer: Viewer) => Promise.resolve(viewer) } = options;
  if (await options.answerFile?.(request, response, admit)) return;
  if (request.method !== 'POST') return void response.writeHead(405).end();

  const body = await readBody(request, mostBytes);
  if (body === null) return void response.writeHead(413).end();

  const token = request.headers['x-viewer-token'];
  const binding = { subgraph: options.name, body };
  const signed = verifyViewer(typeof token === 'string' ? token : undefined, binding, options.guard);
  if (!signed) return void response.writeHead(401, { 'content-type': 'application/json' }).end(refusal);
  const viewer = options.admit ? await options.admit(signed) : signed;
  // An answer of GraphQL, because the gateway did nothing wrong: it tells the code to the person.
  if (!viewer)
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(shutOut[signed.graph]);

  const requestId = headerOf(request, 'x-request-id', /^[\w-]{1,64}$/) ?? randomUUID();
  const about: RequestAbout = Object.assign(options.about, { requestId, viewerId: viewer.id });
  const execute = () => executed(apollo, body, { ...options, about, viewer });
  const result = await inSpan(() => stepOf(request, about, options.name), execute);
  response.writeHead(result.status ?? 200, Object.fromEntries(result.headers));
  response.end(result.body.kind === 'complete' ? result.body.string : '');
}

function executed<Context extends object>(
  apollo: ApolloServer<Context>,
  body: string,
  { viewer, about, createContext }: Executing<Context>,
): Promise<HTTPGraphQLResponse> {
  const asked = parse(body);
  const toldFaults = toldIn(asked);
  return apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([['content-type', 'application/json']]),
      search: '',
      body: asked,
    },
    context: () => {
      const context = createContext({ viewer, requestId: about.requestId });
      return Promise.resolve(rememberRequest(Object.assign(context, { toldFaults }), about));
    },
  });
}

/** Faults that the gateway found in the variables of mutations. Its signature covers them, as it covers the whole body. */
function toldIn(asked: unknown): ToldFaults {
  const { extensions } = (asked ?? {}) as { extensions?: { inputFaults?: ToldFaults } | null };
  return extensions?.inputFaults ?? {};
}

/** Continues the trace of the gateway. */
function stepOf(request: IncomingMessage, { requestId, viewerId }: RequestAbout, by: string): SpanAbout {
  return {
    by,
    name: 'graphql',
    kind: 'server',
    parent: headerOf(request, 'traceparent', /^[\da-f-]{55}$/) ?? '',
    attributes: { 'throughline.request_id': requestId, 'throughline.viewer_id': viewerId },
  };
}

/** The whole body as text, or null when it is larger than `most` bytes. */
export function readBody(request: IncomingMessage, most: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else resolve(null);
    });
    request.once('end', () => resolve(size > most ? null : Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** A malformed header counts as none. */
function headerOf(request: IncomingMessage, name: string, shape: RegExp): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && shape.test(value) ? value : undefined;
}

function guardOf({
  viewerKeys,
  internal,
}: Pick<SubgraphOptions<object>, 'viewerKeys' | 'internal'>): ViewerGuard {
  const ids = new Set(viewerKeys.map(({ id }) => id));
  if (internal?.keys.some(({ id }) => ids.has(id))) {
    throw new CannotStart(
      `The key for ${internal.field} is the gateway's key too: give each a key of its own.`,
    );
  }
  return { keys: viewerKeys, internal: internal ?? null, seen: new SeenTokens() };
}
