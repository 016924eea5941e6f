import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import Negotiator from 'negotiator';

const gzipped = promisify(gzip);

export interface Answered {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/**
 * Sends an answer, compressed when its text has at least `fromBytes` bytes (0: never) and the caller takes gzip.
 * Level 1, off the event loop: brotli at the same cost is no smaller for answers of this kind.
 */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { answered: { status, headers, text }, fromBytes }: { answered: Answered; fromBytes: number },
): Promise<void> {
  const bytes = Buffer.from(text);
  if (fromBytes > 0) response.appendHeader('vary', 'accept-encoding');
  // Without its length it would be sent in chunks.
  if (fromBytes === 0 || bytes.length < fromBytes || !takesGzip(request)) {
    response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes);
    return;
  }
  const body = await gzipped(bytes, { level: 1 });
  const describing = { 'content-encoding': 'gzip', 'content-length': body.length };
  response.writeHead(status, { ...headers, ...describing }).end(body);
}

function takesGzip(request: IncomingMessage): boolean {
  return new Negotiator(request).encoding(['gzip', 'identity']) === 'gzip';
}
