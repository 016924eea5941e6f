import '../src/telemetry-off.ts';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { Closers, silentLogger } from '@throughline/runtime';
import {
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { startGateway } from '../src/gateway.ts';
import { maskError } from '../src/mask.ts';
import { readableVariables } from '../src/operations/readable-variables.ts';
import { takeStandIn } from '../src/operations/stand-in.ts';
import { withStandIns } from '../src/operations/unknown-values.ts';
import { operationLimits } from '../src/safety/operation-limits.ts';
import type { SubgraphName } from '../src/subgraphs.ts';
import { composedSupergraph, type GraphName } from '../src/supergraph/composed.ts';
import type { Operation } from './invent-operation.ts';
import { configOver } from './config-over.ts';
import { startIssuer } from './issuer.ts';
import { startSyntheticSubgraphs, type SyntheticOptions } from './synthetic-subgraphs.ts';

/** What a caller gets, in a form that two gateways can be compared in: fields in order, errors in any. */
export interface Answer {
  data: string;
  errors: string[];
}

export interface BothGateways {
  schemas: Record<GraphName, GraphQLSchema>;
  stock(graph: GraphName, operation: Operation): Promise<Answer>;
  ours(graph: GraphName, operation: Operation): Promise<Answer>;
  /** How many answers of ours the compiled plans gave. */
  compiled(): Promise<number>;
  close(): Promise<void>;
}

/** The stock gateway and the one that we ship, over the same services and both graphs. */
export async function startBothGateways(options: SyntheticOptions): Promise<BothGateways> {
  const closers = new Closers();
  const services = await startSyntheticSubgraphs(options);
  closers.add('services', () => services.close());
  const issuer = await startIssuer();
  closers.add('issuer', () => issuer.close());

  const stock = {
    staff: await stockGraph('staff', services),
    partner: await stockGraph('partner', services),
  };
  for (const { server } of Object.values(stock)) closers.add('stock gateway', () => server.stop());
  const gateway = await startGateway(
    configOver(services, issuer, {
      SUBGRAPH_TIMEOUT_MS: 30_000,
      METRICS_PORT: 0,
      // One caller asks everything, as fast as both can answer: what a person may ask for in a minute is no matter here.
      COST_PER_MINUTE_STAFF: 1_000_000_000,
      COST_PER_MINUTE_PARTNER: 1_000_000_000,
    }),
    { logger: silentLogger },
  );
  closers.add('gateway', () => gateway.close());
  const urls = { staff: gateway.staffUrl, partner: gateway.partnerUrl };
  return {
    schemas: { staff: stock.staff.schema, partner: stock.partner.schema },
    stock: (graph, operation) => stock[graph].ask(operation),
    ours: async (graph, operation) => post(urls[graph], await issuer.tokenFor(graph), operation),
    compiled: () => compiledBy(gateway.metricsUrl ?? ''),
    close: () => closers.close(silentLogger),
  };
}

async function compiledBy(metricsUrl: string): Promise<number> {
  const metrics = await (await fetch(metricsUrl)).text();
  const lines = [
    ...metrics.matchAll(/^gateway_compiled_plans_total\{[^}]*by="compiled plan"[^}]*\} (\d+)/gm),
  ];
  return lines.reduce((sum, [, count]) => sum + Number(count), 0);
}

const silence = (): void => undefined;
const quiet = { debug: silence, info: silence, warn: silence, error: silence };

interface StockGraph {
  server: ApolloServer;
  schema: GraphQLSchema;
  ask(operation: Operation): Promise<Answer>;
}

async function stockGraph(
  graph: GraphName,
  services: { urlOf(name: SubgraphName): string },
): Promise<StockGraph> {
  const gateway = new ApolloGateway({
    supergraphSdl: composedSupergraph(graph),
    buildService: ({ name }) => new RemoteGraphQLDataSource({ url: services.urlOf(name as SubgraphName) }),
    logger: quiet,
  });
  const loaded = Promise.withResolvers<GraphQLSchema>();
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => loaded.resolve(apiSchema));
  const server = new ApolloServer({
    gateway,
    introspection: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted) => maskError(formatted),
    logger: quiet,
  });
  await server.start();
  const schema = await loaded.promise;
  takeStandIn(schema);
  return { server, schema, ask: (operation) => execute(server, asOursAsks(schema, operation)) };
}

/** Both gateways get the same mutation: values that an enum does not have are for the services to tell. */
function asOursAsks(schema: GraphQLSchema, asked: Operation): Operation {
  const replaced = operationIn(asked.query) && withStandIns(asked.query, schema, operationLimits.tokens);
  const isValid = replaced !== null && validate(schema, parse(replaced)).length === 0;
  const query = isValid ? replaced : asked.query;
  const operation = operationIn(query, asked.operationName);
  if (operation?.operation !== OperationTypeNode.MUTATION) return asked;
  const { variables } = readableVariables(schema, operation, asked.variables);
  return { ...asked, query, variables };
}

/** Null: the text is no GraphQL, or does not say which operation is meant. */
function operationIn(text: string, name?: string): OperationDefinitionNode | null {
  try {
    return getOperationAST(parse(text), name) ?? null;
  } catch {
    return null;
  }
}

async function execute(server: ApolloServer, operation: Operation): Promise<Answer> {
  const { body } = await server.executeOperation(operation);
  if (body.kind !== 'single') throw new Error('An answer in parts');
  return comparable(body.singleResult);
}

async function post(url: string, token: string, operation: Operation): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(operation),
  });
  return comparable((await response.json()) as Parameters<typeof comparable>[0]);
}

/** Which of two services that are asked at once fails first is chance, so errors are sorted. */
function comparable({
  data,
  errors = [],
}: {
  data?: unknown;
  errors?: readonly GraphQLFormattedError[];
}): Answer {
  const told = errors.map(({ message, path, locations, extensions }) => {
    const { code, serviceName } = extensions ?? {};
    return JSON.stringify({ message, path, locations, code, serviceName });
  });
  return { data: data === undefined ? 'none' : JSON.stringify(data), errors: told.sort() };
}
