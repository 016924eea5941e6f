import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { GraphQLError, type GraphQLSchema, type ValidationRule } from 'graphql';
import type { Authenticate } from '../authenticate.ts';
import type { GatewayContext } from '../context.ts';
import type { KnownOperations } from '../operations/known-operations.ts';
import type { GatewayMeters } from '../metrics/gateway-meters.ts';
import { eventStream } from './event-stream.ts';
import { LiveGraph } from './live-graph.ts';
import type { LiveHub } from './live-hub.ts';
import type { RunQuery } from './live-session.ts';
import { liveSockets } from './web-socket.ts';

export interface ServeLiveOptions {
  hub: LiveHub;
  apollo: ApolloServer<GatewayContext>;
  authenticate: Authenticate;
  /** Limits of ordinary operations; they hold for subscriptions, too. */
  rules: readonly ValidationRule[];
  allowedOrigins: readonly string[];
  mostPerViewer: number;
  meters: GatewayMeters;
  known: KnownOperations;
}

export interface ServedLive {
  useSchema(schema: GraphQLSchema): void;
  /** Answers a request to the stream of events; false for every other path. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Takes the WebSocket connections of a server. */
  attach(server: Server): void;
  close(): Promise<void>;
}

/** Subscriptions run outside the planner, which has none: /graphql/stream and /graphql/ws. */
export function serveLive(options: ServeLiveOptions): ServedLive {
  const live = new LiveGraph({
    ...options,
    run: runWith(options.apollo),
    told: () => options.meters.liveTold(),
  });
  options.meters.liveOpen(() => live.open);
  const stream = eventStream(live);
  const sockets = liveSockets(live, options.allowedOrigins);
  return {
    useSchema: (schema) => {
      live.useSchema(schema);
    },
    answer: async (path, request, response) => {
      if (path !== '/graphql/stream') return false;
      await stream(request, response);
      return true;
    },
    attach: (server) => {
      server.on('upgrade', (request, socket, head) => {
        if (request.url?.split('?')[0] === '/graphql/ws') sockets.upgrade(request, socket, head);
        else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      });
    },
    close: () => sockets.close(),
  };
}

/** Each event passes the same steps as a request: limits, planning, permissions, masks, log. */
function runWith(apollo: ApolloServer<GatewayContext>): RunQuery {
  return async (viewer, { query, operationName, variables }) => {
    const { body } = await apollo.executeOperation(
      { query, operationName, variables },
      { contextValue: { viewer, requestId: randomUUID(), fresh: true } },
    );
    if (body.kind !== 'single') throw new Error('a query answered in parts');
    const { data, errors } = body.singleResult;
    return {
      ...(data && { data }),
      ...(errors && {
        errors: errors.map(
          ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
        ),
      }),
    };
  };
}
