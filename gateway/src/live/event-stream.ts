import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '@throughline/graphql';
import { createHandler, type Response } from 'graphql-sse';
import { refusalOf, type LiveGraph } from './live-graph.ts';

const mostBytes = 100_000;
const statuses: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  LIVE_GAP: 409,
  TOO_MANY_SUBSCRIPTIONS: 429,
  LIVE_INTERRUPTED: 503,
  INTERNAL_SERVER_ERROR: 500,
};

export type AnswerStream = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Server-Sent Events, one subscription a request ("distinct connections"); a heartbeat every 12 seconds. */
export function eventStream(live: Pick<LiveGraph, 'signIn' | 'subscribe'>): AnswerStream {
  const handler = createHandler<IncomingMessage>({
    // No token for a shared stream: each request is a subscription of its own.
    authenticate: () => null,
    onSubscribe: async ({ headers }, params) => {
      try {
        const who = await live.signIn(headers.get('authorization') ?? undefined);
        return await live.subscribe(params, who);
      } catch (error) {
        return refusal(error);
      }
    },
  });

  return async (request, response) => {
    const text = request.method === 'POST' ? await readBody(request, mostBytes) : '';
    if (text === null) {
      response.writeHead(413).end();
      return;
    }
    const [body, { status, statusText, headers }] = await handler({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: { get: (name) => [request.headers[name] ?? []].flat().join(', ') || null },
      body: text,
      raw: request,
      context: undefined,
    });
    response.writeHead(status, statusText, headers);
    if (!body || typeof body === 'string') return void response.end(body ?? '');

    response.once('close', () => void body.return());
    for await (const chunk of body) {
      if (!response.writable) break;
      await new Promise<void>((resolve) => response.write(chunk, () => resolve()));
    }
    response.end();
  };
}

function refusal(error: unknown): Response {
  const told = refusalOf(error);
  return [
    JSON.stringify({ errors: [told] }),
    {
      status: statuses[told.extensions.code] ?? 400,
      statusText: 'Refused',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    },
  ];
}
