import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answerProbe, type Ready } from './health.ts';
import { createMetrics, Gauge } from './metrics.ts';

/** The status that a path is answered with; 500 when the probe itself fails. */
async function statusOf(path: string, ready: Ready, collect = (): void => undefined): Promise<number> {
  const metrics = createMetrics('test');
  new Gauge({ name: 'one', help: 'one', registers: [metrics], collect });
  const server = createServer((request, response) => {
    answerProbe(request, response, { ready, metrics }).catch(() => response.writeHead(500).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { status } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    return status;
  } finally {
    server.close();
  }
}

const ready: Ready = () => ({ healthy: true, parts: {} });
const fails = (): never => {
  throw new Error('as the test wants');
};

describe('a probe', () => {
  it.each([
    ['/healthz', ready, 200],
    ['/readyz', ready, 200],
    ['/readyz', () => ({ healthy: false, parts: {} }), 503],
    ['/readyz', fails, 503],
    ['/healthz', fails, 200],
  ])('answers %s', async (path, readiness, status) => {
    expect(await statusOf(path, readiness)).toBe(status);
  });

  it('answers at once when a metric cannot be read', async () => {
    expect(await statusOf('/metrics', ready, fails)).toBe(500);
  });
});
