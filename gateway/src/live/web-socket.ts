import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { refusalOf, type LiveGraph, type SignedIn } from './live-graph.ts';

export interface LiveSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

const mostBytes = 100_000;
const mostConnections = 5_000;
const initWithinMs = 5_000;
const forbidden = 4403;

interface Connection extends Record<PropertyKey, unknown> {
  who?: SignedIn;
}

/**
 * WebSocket with the protocol graphql-transport-ws. `connection_init` brings `{ "authorization": "Bearer …" }`, because
 * a browser cannot set a header here; the connection ends with the token.
 */
export function liveSockets(live: LiveGraph, allowedOrigins: readonly string[]): LiveSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes });
  const served = useServer<Record<string, unknown>, Connection>(
    {
      connectionInitWaitTimeout: initWithinMs,
      onConnect: async ({ connectionParams, extra }) => {
        const { authorization } = connectionParams ?? {};
        try {
          extra.who = await live.signIn(typeof authorization === 'string' ? authorization : undefined);
        } catch {
          return false;
        }
        const left = Math.min(extra.who.expiresAt.getTime() - Date.now(), 2 ** 31 - 1);
        const timer = setTimeout(
          () => extra.socket.close(forbidden, 'The token has expired'),
          Math.max(left, 0),
        );
        timer.unref();
        extra.socket.once('close', () => clearTimeout(timer));
        return true;
      },
      onSubscribe: async ({ extra }, _id, payload) => {
        try {
          if (!extra.who) throw new Error('a subscription came before its connection was accepted');
          const results = await live.subscribe(payload, extra.who);
          return {
            schema: live.schema,
            document: parse(live.textOf(payload) as string),
            contextValue: { results },
          };
        } catch (error) {
          const { message, extensions } = refusalOf(error);
          return [new GraphQLError(message, { extensions })];
        }
      },
      subscribe: ({ contextValue }) =>
        (contextValue as { results: AsyncGenerator<never, void, undefined> }).results,
    },
    // Its types come from another build of the same package.
    sockets,
  );
  return {
    upgrade: (request, socket, head) => {
      const { origin } = request.headers;
      const foreign = origin !== undefined && !allowedOrigins.includes(origin);
      if (foreign || sockets.clients.size >= mostConnections) {
        socket.end(
          `HTTP/1.1 ${foreign ? '403 Forbidden' : '503 Service Unavailable'}\r\nConnection: close\r\n\r\n`,
        );
        return;
      }
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
    },
    close: async () => {
      await served.dispose();
    },
  };
}
