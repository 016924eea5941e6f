import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answerProbe, healthOf, watchReadiness, type Probes, type Ready } from './health.ts';
import { createMetrics, Gauge } from './metrics.ts';

/** The status and the text of an answer; status 500 when the probe itself fails. */
async function answerOf(path: string, probes: Probes): Promise<{ status: number; text: string }> {
  const server = createServer((request, response) => {
    answerProbe(request, response, probes).catch(() => response.writeHead(500).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    return { status: response.status, text: await response.text() };
  } finally {
    server.close();
  }
}

const ready: Ready = () => ({ status: 'ready', parts: {} });
const fails = (): never => {
  throw new Error('as the test wants');
};

describe('a probe', () => {
  it.each<[string, Ready, number]>([
    ['/healthz', ready, 200],
    ['/readyz', ready, 200],
    ['/readyz', () => ({ status: 'degraded', parts: {} }), 200],
    ['/readyz', () => ({ status: 'unready', parts: {} }), 503],
    ['/readyz', fails, 503],
    ['/healthz', fails, 200],
  ])('answers %s', async (path, readiness, status) => {
    expect((await answerOf(path, { ready: readiness })).status).toBe(status);
  });

  it('says why a process must be started again', async () => {
    expect(await answerOf('/healthz', { ready, alive: () => 'its pool is silent' })).toEqual({
      status: 503,
      text: '{"status":"its pool is silent"}',
    });
  });

  it('answers at once when a metric cannot be read', async () => {
    const metrics = createMetrics('test');
    new Gauge({ name: 'one', help: 'one', registers: [metrics], collect: fails });
    expect((await answerOf('/metrics', { ready, metrics })).status).toBe(500);
  });

  it('shows each part of the readiness as a metric', async () => {
    const metrics = createMetrics('test');
    watchReadiness(metrics, () => healthOf({ database: 'ok' }, { relay: 'late' }));
    const { text } = await answerOf('/metrics', { ready, metrics });
    expect(text).toContain('readiness_part_ok{part="database",service="test"} 1');
    expect(text).toContain('readiness_part_ok{part="relay",service="test"} 0');
  });
});

describe('the health of a program', () => {
  it.each([
    ['ok', 'ok', 'ready'],
    ['ok', 'away', 'degraded'],
    ['away', 'ok', 'unready'],
    ['away', 'away', 'unready'],
  ])('with a needed part %s and another part %s is %s', (needed, other, status) => {
    expect(healthOf({ needed }, { other })).toEqual({ status, parts: { needed, other } });
  });
});
