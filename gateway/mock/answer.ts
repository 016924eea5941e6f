import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { readBody, type Viewer } from '@throughline/graphql';
import { refuse } from '../src/answer-operation.ts';
import { secureHeaders } from '../src/headers.ts';
import type { KnownOperations } from '../src/operations/known-operations.ts';
import type { AnswerPage } from '../src/query-page.ts';
import type { MockLive } from './mock-live.ts';
import type { MockContext } from './mock-schema.ts';
import { wishesOf, type Wishes } from './wishes.ts';

export interface AnswerParts {
  apollo: ApolloServer<MockContext>;
  known: KnownOperations;
  page: AnswerPage;
  /** Null: this graph has no subscriptions. */
  live: MockLive | null;
  viewer: Viewer;
}

const mostBytes = 1_000_000;
const ofThisMachine = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/** Answers like the gateway, from the page to the refusals, without asking who is there. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: AnswerParts,
): Promise<void> {
  secureHeaders(response);
  response.setHeader('x-request-id', randomUUID());
  if (allowThisMachine(request, response)) return;
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (request.method === 'GET' && (await parts.page(path, response))) return;
  if (path !== '/graphql' && !(path === '/graphql/stream' && parts.live)) {
    refuse(response, 404, 'NOT_FOUND', 'The graph is at /graphql.');
    return;
  }
  const wishes = wishesOf(request.headers);
  if ('status' in wishes) {
    const { status, extensions, message } = wishes;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ message, extensions }] }));
  } else if (path === '/graphql/stream') await parts.live?.answer(request, response);
  else if (request.method !== 'POST')
    refuse(response, 405, 'BAD_REQUEST', 'Send the operation by POST as JSON.');
  else await execute(request, response, { ...parts, wishes });
}

async function execute(
  request: IncomingMessage,
  response: ServerResponse,
  { apollo, known, viewer, wishes }: AnswerParts & { wishes: Wishes },
): Promise<void> {
  const parsed = parseJson((await readBody(request, mostBytes)) ?? '');
  if (typeof parsed !== 'object' || parsed === null) {
    refuse(response, 400, 'BAD_REQUEST', 'The body is not JSON.');
    return;
  }
  const found = known.find(parsed);
  if ('refusal' in found) {
    refuse(response, found.refusal.status, found.refusal.code, found.refusal.message);
    return;
  }
  const requestId = String(response.getHeader('x-request-id'));
  const headers = new HeaderMap([['content-type', request.headers['content-type'] ?? '']]);
  const body = { ...parsed, query: found.source, extensions: null };
  const answered = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, search: '', body },
    context: () => Promise.resolve({ viewer, requestId, wishes }),
  });
  response.writeHead(answered.status ?? 200, Object.fromEntries(answered.headers));
  response.end(answered.body.kind === 'complete' ? answered.body.string : '');
}

/** Pages under development may call, from whatever port; answers a preflight itself and says so. */
function allowThisMachine(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (origin && ofThisMachine.test(origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('vary', 'origin');
    const own = ['error', 'problem', 'missing'].map((name) => `x-mock-${name}`);
    response.setHeader('access-control-allow-headers', ['authorization, content-type', ...own].join(', '));
    response.setHeader('access-control-expose-headers', 'x-request-id, retry-after');
  }
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204).end();
  return true;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
