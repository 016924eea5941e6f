import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '@throughline/runtime';
import { configOver } from '../../equivalence/config-over.ts';
import { startIssuer, type Issuer } from '../../equivalence/issuer.ts';
import { startSyntheticSubgraphs, type SyntheticSubgraphs } from '../../equivalence/synthetic-subgraphs.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

const listed = 'query Listed($id: ID!) { client(id: $id) { id alerts { code } } }';
let folder: string;
let issuer: Issuer;
let services: SyntheticSubgraphs;
let gateway: RunningGateway;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  const manifest = join(folder, 'manifest.json');
  await writeFile(
    manifest,
    JSON.stringify({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'one', name: 'Listed', type: 'query', body: listed }],
    }),
  );
  issuer = await startIssuer();
  services = await startSyntheticSubgraphs({ trouble: { nulls: 0, errors: 0 }, corruption: 0 });
  gateway = await startGateway(
    configOver(services, issuer, {
      NOTIFICATIONS_URL: 'http://127.0.0.1:2/graphql',
      METRICS_PORT: 0,
      OPERATION_MANIFEST: manifest,
      SUBGRAPH_BREAKER_FAILURES: 2,
      SUBGRAPH_BREAKER_OPEN_MS: 600_000,
    }),
    { logger: silentLogger },
  );
});
afterAll(async () => {
  await gateway.close();
  await services.close();
  await issuer.close();
  await rm(folder, { recursive: true });
});

async function send(body: object): Promise<void> {
  await fetch(gateway.staffUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await issuer.tokenFor('staff')}`,
    },
    body: JSON.stringify(body),
  }).then((response) => response.text());
}

async function lines(name: string): Promise<string[]> {
  const text = await fetch(String(gateway.metricsUrl)).then((response) => response.text());
  return text
    .split('\n')
    .filter((line) => line.startsWith(name))
    .map((line) => line.replace(/,?service="gateway",?/, ''));
}

describe('the metrics of the gateway', () => {
  beforeAll(async () => {
    for (const id of ['1', '2', '3']) await send({ query: listed, variables: { id } });
    await send({ query: 'query MadeUp { client(id: "1") { id } }' });
    await send({ query: 'query MadeUp2 { client(id: "1") { id } }' });
    await send({ query: 'query Wrong { nothing }' });
  });

  it('count operations by name when they are listed, and all others as one', async () => {
    expect(await lines('gateway_operation_duration_seconds_count')).toEqual(
      expect.arrayContaining([
        'gateway_operation_duration_seconds_count{graph="staff",operation="Listed",outcome="partial"} 3',
        'gateway_operation_duration_seconds_count{graph="staff",operation="not listed",outcome="ok"} 2',
        'gateway_operation_duration_seconds_count{graph="staff",operation="not listed",outcome="refused"} 1',
      ]),
    );
    expect((await lines('')).join('\n')).not.toMatch(/MadeUp|Wrong/);
  });

  it('count plans that were there, listed ones from the beginning', async () => {
    expect(await lines('gateway_plans_total')).toEqual([
      'gateway_plans_total{graph="staff",cache="hit"} 3',
      'gateway_plans_total{graph="staff",cache="miss"} 2',
    ]);
    expect(await lines('gateway_plans_kept')).toContain('gateway_plans_kept{graph="staff"} 3');
  });

  it('time calls to each service, and tell what is missing and who is left alone', async () => {
    expect(await lines('gateway_subgraph_call_duration_seconds_count')).toEqual(
      expect.arrayContaining([
        'gateway_subgraph_call_duration_seconds_count{subgraph="clients",outcome="ok"} 5',
        'gateway_subgraph_call_duration_seconds_count{subgraph="notifications",outcome="SUBGRAPH_UNAVAILABLE"} 2',
      ]),
    );
    expect(await lines('gateway_subgraph_missing_total')).toEqual([
      'gateway_subgraph_missing_total{subgraph="notifications",code="SUBGRAPH_UNAVAILABLE"} 3',
    ]);
    expect(await lines('gateway_subgraph_breaker')).toEqual(
      expect.arrayContaining([
        'gateway_subgraph_breaker{subgraph="clients"} 0',
        'gateway_subgraph_breaker{subgraph="notifications"} 2',
      ]),
    );
  });

  it('are not served to callers of the graphs', async () => {
    for (const url of [gateway.staffUrl, gateway.partnerUrl])
      expect((await fetch(new URL('/metrics', url))).status).toBe(404);
  });
});

describe('the probes', () => {
  it.each(['staffUrl', 'partnerUrl', 'metricsUrl'] as const)('answer at %s', async (url) => {
    expect((await fetch(new URL('/healthz', String(gateway[url])))).status).toBe(200);
    const ready = await fetch(new URL('/readyz', String(gateway[url])));
    expect(ready.status).toBe(200);
    await expect(ready.json()).resolves.toEqual({
      status: 'degraded',
      parts: {
        supergraph: 'ok',
        clients: 'ok',
        treatment: 'ok',
        referrals: 'ok',
        notifications: 'fails, is not called',
      },
    });
  });
});
