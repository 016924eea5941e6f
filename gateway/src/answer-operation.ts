import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { readBody } from '@throughline/graphql';
import { inSpan, type Logger, type SpanAbout } from '@throughline/runtime';
import { answerType } from './answer-type.ts';
import type { Authenticate } from './authenticate.ts';
import { sendAnswer, type Answered } from './compress.ts';
import type { GatewayContext } from './context.ts';
import type { DirectPath } from './operations/direct-path.ts';
import type { KnownOperations } from './operations/known-operations.ts';
import { Gone } from './subgraph/gone.ts';

export interface AnswerParts {
  authenticate: Authenticate;
  /** The whole pipeline, for what the direct path does not take. */
  apollo: ApolloServer<GatewayContext>;
  known: KnownOperations;
  direct: DirectPath;
  /** Answers of so many bytes are compressed for callers who take that; 0: none. */
  compressFromBytes: number;
  logger: Logger;
}

const mostBytes = 1_000_000;

/** Answers one operation, sent by POST as JSON, or by GET when it is a query. */
export async function answerOperation(
  request: IncomingMessage,
  response: ServerResponse,
  parts: AnswerParts,
): Promise<void> {
  const requestId = randomUUID();
  response.setHeader('x-request-id', requestId);
  const contentType = answerType(request.headers.accept);
  const body = request.method === 'GET' ? '' : await readBody(request, mostBytes);
  const turnAway = (status: number, code: string, message: string): void => {
    parts.logger.info({ requestId, status, code }, 'refused');
    refuse(response, status, code, message);
  };
  if (contentType === null) {
    const message = 'Answers are application/json or application/graphql-response+json.';
    turnAway(406, 'BAD_REQUEST', message);
    return;
  }
  if (body === null) {
    turnAway(413, 'BAD_REQUEST', 'The request is larger than 1 MB.');
    return;
  }
  const parsed = request.method === 'GET' ? operationOf(request.url ?? '') : parseJson(body);
  if (parsed === undefined) {
    turnAway(400, 'BAD_REQUEST', 'The body is not JSON.');
    return;
  }

  const viewer = await parts.authenticate(request.headers.authorization).catch((error: unknown) => {
    if (codeOf(error) !== 'UNAUTHENTICATED') throw error;
    turnAway(401, 'UNAUTHENTICATED', (error as Error).message);
    return null;
  });
  if (!viewer) return;

  const context = { viewer, requestId, gone: goneSignal(response) };
  const answered = await inSpan(
    () => stepOf(context),
    () => execute(request, { parsed, context, contentType }, parts),
  );
  await sendAnswer(request, response, { answered, fromBytes: parts.compressFromBytes });
}

/** Where a trace begins: what a caller sends of its own is not continued. */
function stepOf({ requestId, viewer }: GatewayContext): SpanAbout {
  const attributes = {
    'throughline.graph': viewer.graph,
    'throughline.request_id': requestId,
    'throughline.viewer_id': viewer.id,
  };
  return { by: 'gateway', name: 'graphql', kind: 'server', parent: '', attributes };
}

async function execute(
  request: IncomingMessage,
  { parsed, context, contentType }: { parsed: unknown; context: GatewayContext; contentType: string },
  { apollo, known, direct, logger }: AnswerParts,
): Promise<Answered> {
  const asked = isRecord(parsed) ? parsed : {};
  const found = known.find(asked);
  if ('refusal' in found) {
    const { status, code, message } = found.refusal;
    logger.info({ requestId: context.requestId, viewerId: context.viewer.id, status, code }, 'refused');
    const text = JSON.stringify({ errors: [{ message, extensions: { code } }] });
    return { status, headers: { 'content-type': contentType }, text };
  }
  const { variables = null } = asked;
  if (isChangeByGet(request, found.source)) {
    const text = JSON.stringify({
      errors: [{ message: 'Send a mutation by POST.', extensions: { code: 'BAD_REQUEST' } }],
    });
    return { status: 405, headers: { 'content-type': contentType, allow: 'POST' }, text };
  }
  if (found.prepared && isJson(request) && (variables === null || isRecord(variables))) {
    const { status, headers, result } = await direct.answer(found.prepared, variables ?? {}, context);
    return {
      status,
      headers: { ...Object.fromEntries(headers), 'content-type': contentType },
      text: JSON.stringify(result),
    };
  }
  // The id was found: Apollo Server would look for it in a store of its own.
  const body = isRecord(parsed) ? { ...parsed, query: found.source, extensions: null } : parsed;
  const {
    status,
    headers,
    body: complete,
  } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers: headersOf(request), search: '', body },
    context: () => Promise.resolve(context),
  });
  return {
    status: status ?? 200,
    headers: { ...Object.fromEntries(headers), 'content-type': contentType },
    text: complete.kind === 'complete' ? complete.string : '',
  };
}

/** What a GET asks for: the parameters of GraphQL over HTTP. Undefined when one of them is no JSON. */
function operationOf(url: string): Record<string, unknown> | undefined {
  const sent = new URL(url, 'http://gateway').searchParams;
  const texts = ['query', 'operationName', 'documentId'].flatMap((name) => {
    const text = sent.get(name);
    return text === null ? [] : [[name, text] as const];
  });
  const values = ['variables', 'extensions'].flatMap((name) => {
    const text = sent.get(name);
    return text === null ? [] : [[name, parseJson(text)] as const];
  });
  if (values.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries<unknown>([...texts, ...values]);
}

/** Whether a GET names a document with a mutation: a GET changes nothing. */
function isChangeByGet({ method }: IncomingMessage, source: unknown): boolean {
  return method === 'GET' && typeof source === 'string' && /\bmutation\b/.test(source);
}

/** A form of another site cannot send JSON without being asked for permission first. */
function isJson(request: IncomingMessage): boolean {
  if (request.method === 'GET') return true;
  return /^application\/json\b/i.test(request.headers['content-type'] ?? '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells when the caller has gone before it got its answer. */
function goneSignal(response: ServerResponse): Gone {
  const gone = new Gone();
  response.once('close', () => {
    if (!response.writableEnded) gone.tell();
  });
  return gone;
}

function headersOf(request: IncomingMessage): HeaderMap {
  const type = request.method === 'GET' ? 'application/json' : (request.headers['content-type'] ?? '');
  return new HeaderMap([['content-type', type]]);
}

export function refuse(response: ServerResponse, status: number, code: string, message: string): void {
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
