import './telemetry-off.ts';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { answerProbe, Draining, listen, originOf, type Logger, type Ready } from '@throughline/runtime';
import { answerOperation, refuse, type AnswerParts } from './answer-operation.ts';
import type { Authenticate } from './authenticate.ts';
import type { GatewayContext } from './context.ts';
import { applyCors, secureHeaders } from './headers.ts';
import { introspection } from './introspection.ts';
import type { LiveHub } from './live/live-hub.ts';
import { serveLive, type ServedLive } from './live/serve-live.ts';
import { maskError } from './mask.ts';
import type { GatewayMeters } from './metrics/gateway-meters.ts';
import { operationMeter } from './metrics/operation-meter.ts';
import { countedPlans } from './metrics/plan-cache.ts';
import { namedOperation, noSubscription } from './named-operation.ts';
import { operationLog } from './operation-log.ts';
import { chooseExecution } from './execution/choose-execution.ts';
import type { ExecutionName } from './execution/execution.ts';
import { DirectPath } from './operations/direct-path.ts';
import { KnownOperations } from './operations/known-operations.ts';
import type { ListedOperation } from './operations/manifest.ts';
import { inPipeline } from './operations/own-plugin.ts';
import { readableInput } from './operations/readable-variables.ts';
import { takeStandIn } from './operations/stand-in.ts';
import { warmPlans } from './operations/warm-plans.ts';
import type { PassDocument } from './pass-document.ts';
import type { AnswerPage } from './query-page.ts';
import { accessControl } from './safety/access-control.ts';
import { demandControl, type Demand } from './safety/demand-control.ts';
import { limitRules, operationLimits } from './safety/operation-limits.ts';
import type { SubgraphSource } from './subgraph/subgraph-source.ts';
import type { Serve } from './supergraph/supergraph-file.ts';

export interface GraphOptions {
  name: 'staff' | 'partner';
  port: number;
  /** The address to listen on. Default 127.0.0.1. */
  host?: string;
  supergraphSdl: string;
  sourceOf: (subgraph: string) => SubgraphSource;
  authenticate: Authenticate;
  allowedOrigins: readonly string[];
  /** After so long without a byte in either direction a connection is ended; heartbeats of subscriptions are more frequent. */
  idleMs: number;
  /** Hands the content of documents through; left out: not in this graph. */
  document?: PassDocument | null;
  /** Answers the query page and its files; null in production. */
  page: AnswerPage | null;
  /** Which execution is wanted; the library executes where the compiled one cannot. */
  execution: ExecutionName;
  /** Answers of so many bytes are compressed for callers who take that; 0: none. */
  compressFromBytes: number;
  demand: Demand;
  /** Operations that front ends were built with, and whether anything else is refused. */
  operations: { listed: readonly ListedOperation[]; listedOnly: boolean };
  /** Null: this graph has no subscriptions. */
  live: { hub: LiveHub; mostPerViewer: number } | null;
  meters: GatewayMeters;
  ready: Ready;
  logger: Logger;
}

export interface RunningGraph {
  url: string;
  /** Serves this supergraph from now on; running requests end with the one before. Throws, and changes nothing. */
  serve: Serve;
  /** Takes what still comes, until callers use other connections. */
  drain(mostMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Serves one graph at /graphql: signs in, plans, asks the services, and answers what could be had. */
export async function startGraph(options: GraphOptions): Promise<RunningGraph> {
  let update: Serve = () => Promise.reject(new Error('The graph is starting'));
  const kept = countedPlans(options.meters, options.name);
  const gateway = new ApolloGateway({
    supergraphSdl: ({ update: take }) => {
      update = (sdl) => {
        take(sdl);
        return Promise.resolve();
      };
      return Promise.resolve({ supergraphSdl: options.supergraphSdl });
    },
    buildService: ({ name }) => options.sourceOf(name),
    queryPlannerConfig: { cache: kept },
    logger: quiet,
  });
  const protection = limitRules();
  const mostTokens = operationLimits.tokens;
  const demand = demandControl(options.demand);
  const access = accessControl();
  const execution = chooseExecution(options.execution, {
    ...{ graph: options.name, gateway, plans: kept },
    ...{ meters: options.meters, logger: options.logger },
  });
  const plugins = [
    namedOperation,
    noSubscription,
    readableInput,
    demand,
    access,
    operationLog(options.logger),
    operationMeter(
      options.meters,
      options.name,
      options.operations.listed.map(({ name }) => name),
    ),
    ...execution.plugins,
  ];
  const rules = protection.validationRules ?? [];
  const known = new KnownOperations({ ...options.operations, rules, mostTokens, logger: options.logger });
  const described = options.live && introspection();
  const direct = new DirectPath({ execution, plugins });
  const apollo = new ApolloServer<GatewayContext>({
    gateway,
    introspection: options.page !== null,
    parseOptions: { maxLexicalTokens: mostTokens },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: options.page === null,
    formatError: (formatted) => maskError(formatted),
    validationRules: rules,
    plugins: [
      ...(protection.plugins ?? []),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ...plugins.map(inPipeline),
      ...(described ? [described] : []),
    ],
    stopOnTerminationSignals: false,
    logger: quiet,
  });
  const live = options.live && serveLive({ ...options, ...options.live, apollo, rules, known });
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    takeStandIn(apiSchema);
    demand.useSupergraph(coreSupergraphSdl);
    access.useSupergraph(coreSupergraphSdl);
    live?.useSchema(apiSchema);
    described?.useSchema(apiSchema);
    known.useSchema(apiSchema);
    access.prepare([...known.listed].map((one) => ({ ...one, schema: apiSchema })));
    direct.useSchema(apiSchema);
  });
  await apollo.start();
  await warmPlans(gateway, known.listed);

  const parts = { ...options, apollo, live, known, direct };
  const draining = new Draining();
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => {
      draining.track(response);
      answer(request, response, parts, options).catch((error: unknown) => {
        options.logger.error({ requestId: response.getHeader('x-request-id'), error }, 'a request failed');
        if (!response.headersSent)
          refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
      });
    },
  );
  server.setTimeout(options.idleMs);
  live?.attach(server);
  await listen(server, options);
  return {
    url: `${originOf(server, 'localhost')}/graphql`,
    serve: async (sdl) => {
      await update(sdl);
      await warmPlans(gateway, known.listed);
    },
    drain: (mostMs) => draining.begin(server, mostMs),
    close: async () => {
      await live?.close();
      await draining.end(server);
      await apollo.stop();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { live, ...parts }: AnswerParts & { live: ServedLive | null },
  options: GraphOptions,
): Promise<void> {
  secureHeaders(response);
  if (await answerProbe(request, response, { ready: options.ready })) return;
  if (applyCors(request, response, options.allowedOrigins)) return;

  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const isQuery = request.method === 'GET' && asksByGet(request);
  if (request.method === 'GET' && !isQuery && options.page && (await options.page(path, response))) return;
  if (await options.document?.(request, response)) return;
  if (await live?.answer(path, request, response)) return;
  if (path !== '/graphql' && path !== '/') {
    refuse(response, 404, 'NOT_FOUND', 'The graph is at /graphql.');
    return;
  }
  if (request.method !== 'POST' && !isQuery) {
    refuse(response, 405, 'BAD_REQUEST', 'Send the operation by POST as JSON.');
    return;
  }
  await answerOperation(request, response, parts);
}

/** A GET for the page has no operation. */
function asksByGet({ url = '' }: IncomingMessage): boolean {
  return /[?&](query|documentId|extensions)=/.test(url);
}

const silence = (): void => undefined;
const quiet = { debug: silence, info: silence, warn: silence, error: silence };
