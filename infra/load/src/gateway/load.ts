import { setTimeout as wait } from 'node:timers/promises';
import { Pool, type Dispatcher } from 'undici';
import { quantile } from '../bench.ts';
import type { BenchOperation } from './operations.ts';
import type { Contestant } from './contestants.ts';
import type { Served } from './process.ts';

export interface Round {
  requests: number;
  /** Answers that were not 2xx, or none. */
  failed: number;
  cpuSeconds: number;
  /** Until the last one was answered. */
  seconds: number;
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
  /** Requests per second, evenly spaced; as many as it bears when left out. */
  rate?: number;
}

/** As many ids as there are, so that a cache of whole answers would not help much. */
export const ids = 1000;
const connections = 50;
const mostMs = 10_000;

/**
 * Asks one operation over and over, each time for another id, on behalf of several people. Not by a program for loads,
 * because those of node take more of their core than a fast gateway of its own.
 */
export async function load(served: Served, about: Load): Promise<Round> {
  const caller = new Caller(served.url, about);
  const before = served.cpuSeconds();
  const began = performance.now();
  const until = began + about.seconds * 1000;
  if (about.rate) await evenly(caller, about.rate, until);
  else await Promise.all(Array.from({ length: connections }, () => incessantly(caller, until)));
  const cpuSeconds = served.cpuSeconds() - before;
  const seconds = (performance.now() - began) / 1000;
  await caller.close();
  const { latencies, failed } = caller;
  const at = (share: number): number => quantile(latencies, share);
  const [p50, p99, max] = [at(0.5), at(0.99), at(1)];
  return { requests: latencies.length, failed, cpuSeconds, seconds, p50, p99, max };
}

async function incessantly(caller: Caller, until: number): Promise<void> {
  while (performance.now() < until) await caller.ask(performance.now());
}

/** A request that had to wait for others, here or there, counts from when it was due. */
async function evenly(caller: Caller, rate: number, until: number): Promise<void> {
  const asked: Promise<void>[] = [];
  for (let due = performance.now(); due < until; due += 1000 / rate) {
    const early = due - performance.now();
    if (early > 0) await wait(early);
    asked.push(caller.ask(due));
  }
  await Promise.all(asked);
}

class Caller {
  /** Milliseconds. */
  readonly latencies: number[] = [];
  failed = 0;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #bodies: readonly string[];
  readonly #headers: readonly Record<string, string>[];
  #next = Math.floor(Math.random() * ids);

  constructor(url: string, { contestant, operation, id, tokens }: Load) {
    const { origin, pathname } = new URL(url);
    this.#pool = new Pool(origin, { connections, headersTimeout: mostMs, bodyTimeout: mostMs });
    this.#path = pathname;
    this.#bodies = Array.from({ length: ids }, (_, n) => JSON.stringify(contestant.body(operation, n, id)));
    this.#headers = tokens.map((token) => ({
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    }));
  }

  /** Resolves when it is answered, whatever the answer. */
  ask(due: number): Promise<void> {
    this.#next += 1;
    const headers = this.#headers[this.#next % this.#headers.length] ?? {};
    const body = this.#bodies[(this.#next * 7) % ids] ?? '';
    return new Promise((resolve) => {
      const ended = (status: number): void => {
        if (status < 200 || status > 299) this.failed += 1;
        else this.latencies.push(performance.now() - due);
        resolve();
      };
      this.#pool.dispatch({ path: this.#path, method: 'POST', headers, body }, new Answer(ended));
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

class Answer implements Dispatcher.DispatchHandler {
  readonly #ended: (status: number) => void;
  #status = 0;

  constructor(ended: (status: number) => void) {
    this.#ended = ended;
  }

  onRequestStart(): void {
    // Nothing is given up.
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(): void {
    // What it says was compared before.
  }

  onResponseEnd(): void {
    this.#ended(this.#status);
  }

  onResponseError(): void {
    this.#ended(0);
  }
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
