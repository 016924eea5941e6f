import type { IncomingHttpHeaders } from 'node:http';
import { subgraphs } from '../src/subgraphs.ts';

/** What the caller wants to see instead of success. */
export interface Wishes {
  /** Type of the problem with which mutations answer. */
  problem: string | null;
  /** The service that is away. */
  missing: string | null;
}

export interface Refusal {
  status: number;
  extensions: { code: string; [more: string]: unknown };
  message: string;
}

const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  OPERATION_TOO_COSTLY: 400,
  PERSISTED_QUERY_NOT_IN_LIST: 400,
  INTERNAL_SERVER_ERROR: 500,
};
const services: readonly string[] = subgraphs.map(({ name }) => name);

/** Reads x-mock-problem and x-mock-missing; or how x-mock-error, or a header that says nothing, is answered. */
export function wishesOf(headers: IncomingHttpHeaders): Wishes | Refusal {
  const [error, problem, missing] = ['error', 'problem', 'missing'].map((name) => one(headers, name));
  if (error && !(error in statuses))
    return refusal('BAD_REQUEST', `x-mock-error is one of ${Object.keys(statuses).join(', ')}.`);
  if (error) return refusal(error, 'The mock was asked to answer so.');
  if (missing && !services.includes(missing))
    return refusal('BAD_REQUEST', `x-mock-missing is one of ${services.join(', ')}.`);
  return { problem: problem ?? null, missing: missing ?? null };
}

function one(headers: IncomingHttpHeaders, name: string): string | undefined {
  return [headers[`x-mock-${name}`] ?? []].flat()[0];
}

function refusal(code: string, message: string): Refusal {
  const more = code === 'RATE_LIMITED' ? { retryAfter: 5 } : {};
  return { status: statuses[code] ?? 400, message, extensions: { code, ...more } };
}
