import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLDataSourceRequestKind } from '@apollo/gateway/dist/datasources/types.js';
import { newKeyPair, publicKeysOf, signingKeyOf } from '@throughline/runtime';
import { Kind, parse } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { SubgraphSource, type SubgraphSourceOptions } from './subgraph-source.ts';

const { privateKey, publicKey } = newKeyPair();
const viewerKey = signingKeyOf(privateKey);

/** Key with which a service checks the tokens of these sources. */
export const viewerKeys = publicKeysOf(publicKey);
export const maria: GatewayContext = {
  viewer: { id: 'maria', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' },
  requestId: 'r-1',
};

const servers: { server: Server; source: SubgraphSource }[] = [];

/**
 * For tests: a source in front of a service that behaves like the listener. Only tests of time-outs set short
 * ones.
 */
export async function sourceOf(
  listener: RequestListener,
  options: Partial<SubgraphSourceOptions> = {},
): Promise<SubgraphSource> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const source = new SubgraphSource({
    name: 'clients',
    url,
    viewerKey,
    timeoutMs: 20_000,
    mostBytes: 1_000_000,
    breaker: { failures: 5, openMs: 20_000 },
    singleFlight: true,
    ...options,
  });
  servers.push({ server, source });
  return source;
}

/** Ends every service of the test. */
export async function closeAll(): Promise<void> {
  for (const { server, source } of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await source.close();
  }
}

export interface Asked {
  /** What the caller asks of the gateway. */
  operation?: string;
  /** Part of it that goes to this service. */
  query?: string;
  variables?: Record<string, unknown>;
  context?: GatewayContext;
  at?: string[];
}

/** Asks as the gateway does in the middle of a plan. */
export function ask(source: SubgraphSource, { operation, query, variables, context, at }: Asked = {}) {
  const document = parse(operation ?? query ?? '{ me { id } }');
  return source.process({
    kind: GraphQLDataSourceRequestKind.INCOMING_OPERATION,
    request: { query: query ?? operation ?? '{ me { id } }', ...(variables && { variables }) },
    incomingRequestContext: {
      document,
      operation: document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION),
    } as never,
    context: context ?? { ...maria },
    ...(at && { pathInIncomingRequest: at }),
  });
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

export function answerWith(response: ServerResponse, answer: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
