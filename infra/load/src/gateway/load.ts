import autocannon from 'autocannon';
import type { BenchOperation } from './operations.ts';
import type { Contestant } from './contestants.ts';
import type { Served } from './process.ts';

export interface Round {
  requests: number;
  /** Answers that were not 2xx, or none. */
  failed: number;
  cpuSeconds: number;
  p50: number;
  p99: number;
  max: number;
}

export interface Load {
  contestant: Contestant;
  operation: BenchOperation;
  /** Id of the persisted operation. */
  id: string;
  tokens: readonly string[];
  seconds: number;
  /** Requests per second; as many as it bears when left out. */
  rate?: number;
}

/** As many ids as there are, so that a cache of whole answers would not help much. */
export const ids = 1000;
const connections = 50;

/** Asks one operation over and over, each time for another id, on behalf of several people. */
export async function load(served: Served, about: Load): Promise<Round> {
  const { contestant, operation, id, tokens, seconds, rate } = about;
  const bodies = Array.from({ length: ids }, (_, n) => JSON.stringify(contestant.body(operation, n, id)));
  let next = Math.floor(Math.random() * ids);
  const before = served.cpuSeconds();
  const result = await autocannon({
    url: served.url,
    connections,
    duration: seconds,
    ...(rate && { overallRate: rate }),
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          next += 1;
          return {
            ...request,
            headers: {
              'content-type': 'application/json',
              authorization: `Bearer ${tokens[next % tokens.length] ?? ''}`,
            },
            body: bodies[(next * 7) % ids] ?? '',
          };
        },
      },
    ],
  });
  return {
    requests: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
    cpuSeconds: served.cpuSeconds() - before,
    p50: result.latency.p50,
    p99: result.latency.p99,
    max: result.latency.max,
  };
}

/** One answer, as a text that can be compared. */
export async function answerOf(served: Served, about: Load, n: number): Promise<string> {
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${about.tokens[0] ?? ''}` },
    body: JSON.stringify(about.contestant.body(about.operation, n, about.id)),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  return JSON.stringify({ data, errors });
}
