import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

export interface Health {
  healthy: boolean;
  /** One short reason a part, without personal data. */
  parts: Record<string, string>;
}

export type Ready = () => Promise<Health> | Health;

/** Answers /healthz (the process lives), /readyz (it can do its work) and /metrics; says whether it did. */
export async function answerProbe(
  request: IncomingMessage,
  response: ServerResponse,
  { ready, metrics }: { ready: Ready; metrics?: Registry },
): Promise<boolean> {
  const path = (request.url ?? '').split('?')[0];
  if (path === '/healthz') return send(response, 200, { status: 'ok' });
  if (path === '/readyz') {
    const health = await askReady(ready);
    return send(response, health.healthy ? 200 : 503, health);
  }
  if (path === '/metrics' && metrics) {
    const text = await metrics.metrics();
    response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    return true;
  }
  return false;
}

async function askReady(ready: Ready): Promise<Health> {
  try {
    return await ready();
  } catch {
    return { healthy: false, parts: { readiness: 'the check itself failed' } };
  }
}

function send(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return true;
}
