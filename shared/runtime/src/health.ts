import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gauge, type Registry } from './metrics.ts';

/** ready: all parts work. degraded: it answers, and a part is late or away. unready: it cannot answer. */
export type Readiness = 'ready' | 'degraded' | 'unready';

export interface Health {
  status: Readiness;
  /** One short reason per part, without personal data; `ok` when nothing is wrong. */
  parts: Record<string, string>;
}

export type Ready = () => Promise<Health> | Health;

/** `ok`, or the reason why this process must be started again. */
export type Alive = () => string;

export interface Probes {
  ready: Ready;
  /** Left out: a process that answers is alive. */
  alive?: Alive | undefined;
  metrics?: Registry | undefined;
}

/**
 * Unready when a part that every answer needs is not `ok`, degraded when another part is not. A part that is late or
 * away is no reason to refuse queries: all copies would report the same, and callers would have nowhere to go.
 */
export function healthOf(needed: Record<string, string>, others: Record<string, string>): Health {
  const allOk = (parts: Record<string, string>): boolean =>
    Object.values(parts).every((part) => part === 'ok');
  const parts = { ...needed, ...others };
  if (!allOk(needed)) return { status: 'unready', parts };
  return { status: allOk(others) ? 'ready' : 'degraded', parts };
}

/**
 * Answers /healthz (must this process be started again?), /readyz (can it answer queries?) and /metrics. Returns false
 * when the request asks for none of them.
 */
export async function answerProbe(
  request: IncomingMessage,
  response: ServerResponse,
  { ready, alive = () => 'ok', metrics }: Probes,
): Promise<boolean> {
  const path = (request.url ?? '').split('?')[0];
  if (path === '/healthz') {
    const status = alive();
    return send(response, status === 'ok' ? 200 : 503, { status });
  }
  if (path === '/readyz') {
    const health = await askReady(ready);
    return send(response, health.status === 'unready' ? 503 : 200, health);
  }
  if (path === '/metrics' && metrics) {
    const text = await metrics.metrics();
    response.shouldKeepAlive = false;
    response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    return true;
  }
  return false;
}

/** Adds one sample per part of /readyz to the metrics: 1 when the part is `ok`, else 0. */
export function watchReadiness(registry: Registry, ready: Ready): void {
  new Gauge({
    name: 'readiness_part_ok',
    help: 'Parts of /readyz: 1 ok, 0 late or away',
    labelNames: ['part'],
    registers: [registry],
    async collect() {
      const { parts } = await askReady(ready);
      this.reset();
      for (const [part, state] of Object.entries(parts)) this.set({ part }, state === 'ok' ? 1 : 0);
    },
  });
}

async function askReady(ready: Ready): Promise<Health> {
  try {
    return await ready();
  } catch {
    return { status: 'unready', parts: { readiness: 'the check itself failed' } };
  }
}

/** A probe keeps no connection: a program that ends would wait for it. */
function send(response: ServerResponse, status: number, body: unknown): true {
  response.shouldKeepAlive = false;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return true;
}
