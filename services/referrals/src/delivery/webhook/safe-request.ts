import { lookup as lookUpName } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, request } from 'undici';
import type { AttemptOutcome } from './webhook.ts';

export interface WebhookLimits {
  /** For the whole exchange: name, connection, answer. */
  timeoutMs: number;
  /** Hosts that may be private and without https: for tests and local work only. */
  allowedHosts: readonly string[];
}

export interface Sent {
  outcome: AttemptOutcome;
  httpStatus: number | null;
  /** Wait that a receiver asks for with 429, milliseconds. */
  retryAfterMs?: number | null;
}

const mostAnswerBytes = 64 * 1024;
const ports = new Set(['', '443', '8443']);

/** Why an address may not be used, or null. Names are looked up at each attempt; this is what can be said before. */
export function addressFault(text: string, allowedHosts: readonly string[]): string | null {
  if (!URL.canParse(text) || text.length > 2_000)
    return 'Give an absolute address of at most 2000 characters.';
  const url = new URL(text);
  if (url.username || url.password) return 'The address must not carry a password.';
  if (allowedHosts.includes(url.hostname) && /^https?:$/.test(url.protocol)) return null;
  return publicFault(url);
}

/** The same, for an answer: in development it also names the setting that allows a private receiver. */
export function addressAdvice(
  text: string,
  allowedHosts: readonly string[],
  isDevelopment: boolean,
): string | null {
  const fault = addressFault(text, allowedHosts);
  if (!isDevelopment || !fault || !URL.canParse(text) || fault !== publicFault(new URL(text))) return fault;
  return `${fault.slice(0, -1)}, or its host must be in WEBHOOK_ALLOWED_HOSTS.`;
}

function publicFault(url: URL): string | null {
  if (url.protocol !== 'https:') return 'The address must begin with https.';
  if (!ports.has(url.port)) return 'Use port 443 or 8443.';
  const host = hostOf(url);
  return isIP(host) && !isPublic(host) ? 'The address must be a public one.' : null;
}

/**
 * Posts to an address that somebody else chose. The name is resolved here, every address of it must be public,
 * and the connection goes to the address that was checked. Redirects are not followed.
 */
export async function postSafely(
  address: string,
  headers: Record<string, string>,
  body: string,
  { timeoutMs, allowedHosts }: WebhookLimits,
): Promise<Sent> {
  if (addressFault(address, allowedHosts)) return { outcome: 'ADDRESS_NOT_ALLOWED', httpStatus: null };
  const url = new URL(address);
  const signal = AbortSignal.timeout(timeoutMs);
  const checked = await within(signal, checkedAddress(hostOf(url), allowedHosts.includes(url.hostname)));
  if (checked === 'LATE') return { outcome: 'TIMED_OUT', httpStatus: null };
  if ('outcome' in checked) return { outcome: checked.outcome, httpStatus: null };

  const dispatcher = new Agent({ connect: { lookup: always(checked), timeout: timeoutMs } });
  try {
    const response = await request(url, { method: 'POST', headers, body, signal, dispatcher });
    await readUpTo(response.body, mostAnswerBytes);
    const { statusCode, headers: answered } = response;
    const retryAfterMs = statusCode === 429 ? readRetryAfter(answered['retry-after'], Date.now()) : null;
    const outcome = retryAfterMs === null ? outcomeOf(statusCode) : 'THROTTLED';
    return { outcome, httpStatus: statusCode, retryAfterMs };
  } catch {
    return { outcome: signal.aborted ? 'TIMED_OUT' : 'UNREACHABLE', httpStatus: null };
  } finally {
    await dispatcher.destroy();
  }
}

function outcomeOf(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return 'DELIVERED';
  if (status === 410) return 'GONE';
  return status >= 300 && status < 400 ? 'REDIRECTED' : 'REFUSED_BY_RECEIVER';
}

/** Seconds or a date (RFC 9110, 10.2.3), in milliseconds from now. */
export function readRetryAfter(text: string | string[] | undefined, now: number): number | null {
  if (typeof text !== 'string') return null;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

interface Address {
  address: string;
  family: number;
}

async function checkedAddress(
  host: string,
  mayBePrivate: boolean,
): Promise<Address | { outcome: AttemptOutcome }> {
  const found = await lookUpName(host, { all: true }).catch(() => []);
  const [first] = found;
  if (!first) return { outcome: 'UNREACHABLE' };
  // All of them: a name with one public and one private address is a trap, in both orders.
  const safe = mayBePrivate || found.every(({ address }) => isPublic(address));
  return safe ? first : { outcome: 'ADDRESS_NOT_ALLOWED' };
}

/** `process` unwraps IPv4 in IPv6; tunnels, private, local, shared and reserved ranges are no unicast. */
function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** Without a second look-up the answer cannot change between check and connection. */
function always({ address, family }: Address): LookupFunction {
  return (_host, options, done) => {
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}

async function readUpTo(body: AsyncIterable<Buffer>, most: number): Promise<void> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) return;
  }
}

function within<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value | 'LATE'> {
  const late = new Promise<'LATE'>((resolve) => {
    signal.addEventListener('abort', () => resolve('LATE'), { once: true });
  });
  return Promise.race([work, late]);
}
