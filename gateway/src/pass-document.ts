import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '@throughline/runtime';

/** Answers a request for the content of a document, and says whether it was one. */
export type PassDocument = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const passed = ['content-type', 'content-length', 'content-disposition'];
/** No service takes more. */
const mostBytes = 25_000_000;
/** For the whole content in one direction. */
const mostMs = 120_000;

/**
 * Hands the content of documents through, to and from the service that has them. The link is the proof of who asks: that
 * service signed it a few minutes ago for one person, and checks it again.
 */
export function passDocuments(serviceUrl: string, logger: Logger): PassDocument {
  return async (request, response) => {
    const { method = '', url = '' } = request;
    if (!/^\/documents\/[\w.-]{40,1100}$/.test(url)) return false;
    const length = Number(request.headers['content-length'] ?? 0);
    if (method !== 'GET' && method !== 'PUT')
      refuse(response, 405, 'Send the content by PUT, or get it by GET.');
    else if (method === 'PUT' && !(length > 0 && length <= mostBytes))
      refuse(response, 413, `Say the length of the content, at most ${String(mostBytes)} bytes.`);
    else await pass(request, response, { url: new URL(url, serviceUrl), logger });
    return true;
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { url, logger }: { url: URL; logger: Logger },
): Promise<void> {
  const { method = '' } = request;
  const content = method === 'PUT' ? { body: Readable.toWeb(request), duplex: 'half' as const } : {};
  try {
    const signal = AbortSignal.timeout(mostMs);
    const answer = await fetch(url, { method, ...content, redirect: 'error', signal });
    const headers = passed.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    response.writeHead(answer.status, Object.fromEntries(headers));
    if (answer.body) await pipeline(Readable.fromWeb(answer.body), response);
    else response.end();
  } catch (error) {
    logger.warn({ error }, 'the content of a document was not handed through');
    if (response.headersSent) response.destroy();
    else refuse(response, 502, 'The content cannot be had now: try again.', 'SUBGRAPH_UNAVAILABLE');
  }
}

function refuse(response: ServerResponse, status: number, message: string, code = 'BAD_REQUEST'): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
