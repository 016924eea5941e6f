import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { closeServer, listen, originOf, type Logger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { inXml, isSigned, outcomeOf, type TwilioSettings } from '../sender/twilio.ts';
import { takeAnswer } from './answers.ts';
import { keepReport, type ProviderReport } from './report.ts';

export interface ProviderServerOptions {
  port: number;
  host: string;
  db: DataSource;
  now: () => Date;
  twilio: TwilioSettings;
  /** Neutral name of the sender, for the answer to HELP. */
  appName: string;
  logger: Pick<Logger, 'error'>;
}

const MOST_BYTES = 64_000;
const silence = '<Response/>';

/**
 * Takes what the provider of text messages and calls reports: delivered or not, STOP, START and HELP. Only requests that it
 * has signed count; all others are refused without a word of what is there.
 */
export async function startProviderServer(
  options: ProviderServerOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const { logger } = options;
  const server: Server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    void answer(options, request).then(
      ({ status, body }) => end(response, status, body),
      (error: unknown) => {
        logger.error({ error }, 'a report of the provider was not kept');
        end(response, 500, '');
      },
    );
  });
  await listen(server, options);
  return { url: originOf(server), close: () => closeServer(server) };
}

async function answer(
  options: ProviderServerOptions,
  request: IncomingMessage,
): Promise<{ status: number; body: string }> {
  const { twilio, appName, db } = options;
  const text = request.method === 'POST' ? await readUpTo(request) : null;
  if (text === null) return { status: 400, body: '' };
  const fields = new URLSearchParams(text);
  const signature = request.headers['x-twilio-signature'];
  const address = `${twilio.callbackUrl ?? ''}${request.url ?? ''}`;
  if (typeof signature !== 'string' || !isSigned(twilio.authToken, address, fields, signature))
    return { status: 403, body: '' };

  if (request.url === '/twilio/inbound') {
    const said = { address: fields.get('From') ?? '', text: fields.get('Body') ?? '' };
    const word = await db.transaction((tx) => takeAnswer(tx, said, options.now()));
    const help = `<Response><Message>${inXml(appName)}: notices only. STOP ends them, START resumes them.</Message></Response>`;
    return { status: 200, body: word === 'HELP' ? help : silence };
  }
  const report = readReport(request.url ?? '', fields);
  if (report === 'NOTHING_NEW') return { status: 204, body: '' };
  const isKnown = report !== null && (await db.transaction((tx) => keepReport(tx, report, options.now())));
  return { status: isKnown ? 204 : 404, body: '' };
}

const place = /^\/twilio\/status\/([0-9a-f-]{36})\/(\d{1,6})$/;
/** Queued, sending, ringing: the end is told later. */
const arrived = new Set(['delivered', 'read', 'completed']);
const failed = new Set(['undelivered', 'failed', 'busy', 'no-answer', 'canceled']);

function readReport(url: string, fields: URLSearchParams): ProviderReport | 'NOTHING_NEW' | null {
  const [, deliveryId, number] = place.exec(url) ?? [];
  if (!deliveryId) return null;
  const status = fields.get('MessageStatus') ?? fields.get('CallStatus') ?? '';
  const of = { deliveryId, number: Number(number), address: fields.get('To') ?? '' };
  if (arrived.has(status)) return { ...of, outcome: 'DELIVERED', answer: status };
  if (!failed.has(status)) return 'NOTHING_NEW';
  const { outcome, answer: code, isStopped } = outcomeOf(Number(fields.get('ErrorCode') ?? 0));
  return {
    ...of,
    outcome: outcome === 'FAILED_FOR_GOOD' ? outcome : 'FAILED_FOR_NOW',
    answer: code === '0' ? status : code,
    ...(isStopped && { isStopped }),
  };
}

async function readUpTo(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, body ? { 'content-type': 'text/xml' } : {}).end(body);
}
