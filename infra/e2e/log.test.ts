import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { ServiceName } from '@throughline/local/infrastructure';
import { traceWith, type Tracing } from '@throughline/runtime';
import { describeKafka, eventually } from '@throughline/testing';
import * as fc from 'fast-check';
import pg from 'pg';
import { apiSchema } from '@throughline/gateway/contract';
import { inventOperation } from '@throughline/gateway/equivalence/invent-operation.ts';
import { diceOf } from '@throughline/gateway/equivalence/invent-value.ts';
import { importDirectory } from './a-directory.ts';
import { Proxy } from './a-proxy.ts';
import { prepareProgram } from './administrator.ts';
import { registerClient } from './case-manager.ts';
import { marker, personal, wrongRequests, type Request } from './hostile-requests.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

/** More than the usual run takes: LOG_RUNS=2000 npm test -- infra/e2e/log */
const runs = Number(process.env.LOG_RUNS ?? 60);
const seed = Number(process.env.LOG_SEED ?? 20_261_124);

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const schema = apiSchema('staff');

interface Line {
  service: string;
  msg: string;
  requestId?: string;
  viewerId?: string;
  operation?: string;
}

describeKafka('the log', () => {
  const lines: string[] = [];
  const told = new Set<string>();
  const proxies = new Map<ServiceName, Proxy>();
  const spans = new InMemorySpanExporter();
  let tracing: Tracing;
  let system: StorySystem;
  let token: string;
  let clientId: string;

  beforeAll(async () => {
    tracing = await traceWith('test', new SimpleSpanProcessor(spans));
    system = await startStorySystem({
      between: async (name, url) => {
        const proxy = await Proxy.before(url);
        proxies.set(name, proxy);
        return proxy.url;
      },
      gateway: {
        SUBGRAPH_BREAKER_OPEN_MS: 50,
        COST_PER_MINUTE_STAFF: 100_000_000,
        COST_BUDGET_STAFF: 1_000_000,
      },
      logLevel: 'debug',
      log: { write: (line) => void lines.push(line) },
    });
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    clientId = (await registerClient(await system.as('maria'))).id;
    token = await system.tokenFor('maria');
  });
  afterAll(async () => {
    await system.close();
    for (const proxy of proxies.values()) await proxy.close();
    await tracing.close();
  });

  const parsed = (): Line[] => lines.map((line) => JSON.parse(line) as Line);
  const linesOf = (msg: string): Line[] => parsed().filter((line) => line.msg === msg);

  async function send({ method, path, headers, body }: Request): Promise<void> {
    const response = await fetch(new URL(path, system.staffUrl), {
      method,
      headers,
      ...(body !== undefined && { body }),
      // A stream that began well would not end.
      signal: AbortSignal.timeout(20_000),
    });
    await response.body?.cancel();
    const requestId = response.headers.get('x-request-id');
    if (requestId) told.add(requestId);
  }

  async function sendInvented(numRuns: number): Promise<void> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const dice = diceOf(draw);
        const body = personal(dice, inventOperation(dice, schema), [clientId]);
        await send({ method: 'POST', path: '/graphql', headers, body });
      }),
      { numRuns, seed: seed + lines.length, endOnFailure: true },
    );
  }

  /** Of every line so far: nothing of a person, and of requests: whose, and which. */
  function judge(): void {
    expect(lines.filter((line) => line.toLowerCase().includes(marker.toLowerCase()))).toEqual([]);
    for (const line of [...linesOf('operation'), ...linesOf('a resolver failed')])
      expect(line).toEqual(
        expect.objectContaining({
          requestId: expect.stringMatching(uuid) as string,
          viewerId: expect.stringMatching(uuid) as string,
          operation: expect.stringMatching(/^\w+$/) as string,
        }),
      );
    for (const { requestId } of linesOf('a request failed')) expect(requestId).toMatch(uuid);
  }

  async function asOwner(service: ServiceName, statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: system.databases[service].ownerUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }

  it('names the request, the viewer and the operation of invented operations, and no value of them', async () => {
    const before = linesOf('operation').length;
    await sendInvented(runs);
    judge();
    const invented = linesOf('operation').slice(before);
    expect(invented.length).toBeGreaterThan(runs / 2);
    expect(invented.filter(({ operation }) => operation === 'Invented').length).toBeGreaterThan(runs / 3);
    for (const { requestId } of invented) expect(told).toContain(requestId);
  }, 300_000);

  it('has nothing of what is wrong with a request', async () => {
    const token = await system.tokenFor('maria');
    for (const request of wrongRequests(token)) await send(request).catch(() => undefined);
    for (const [name, { url }] of Object.entries(system.services))
      await fetch(url, {
        method: 'POST',
        headers: { 'x-viewer-token': marker, 'x-request-id': `${marker}-${name}`, traceparent: marker },
        body: JSON.stringify({ query: `{ ${marker} }` }),
      });
    judge();
  });

  it('has the place and not the text of what fails in a service', async () => {
    await asOwner('clients', 'alter table need rename to need_away');
    await asOwner('treatment', 'alter table screening rename to screening_away');
    await asOwner('treatment', 'alter table timeline_entry rename to timeline_away');
    await sendInvented(runs);
    await (
      await system.as('maria')
    )(`mutation Register($input: RegisterClientInput!) { registerClient(input: $input) { __typename } }`, {
      input: { legalName: marker, nameToUse: marker, county: marker },
    });
    const broken = '{ client(id: "ID") { timeline(first: 5) { edges { node { kind } } } } }';
    await send({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: `query Story ${broken.replace('ID', clientId)}` }),
    });
    await eventually(() =>
      expect(linesOf('a resolver failed').map(({ service }) => service)).toContain('treatment'),
    );
    await asOwner('clients', 'alter table need_away rename to need');
    await asOwner('treatment', 'alter table screening_away rename to screening');
    await asOwner('treatment', 'alter table timeline_away rename to timeline_entry');
    judge();
    const failed = linesOf('a resolver failed').filter(({ operation }) => operation?.startsWith('Story'));
    expect(failed.map(({ requestId }) => told.has(requestId ?? ''))).toContain(true);
  }, 300_000);

  it('has nothing of what a service answers that is dead or talks nonsense', async () => {
    await proxies.get('clients')?.become('corrupt');
    await proxies.get('referrals')?.become('dead');
    await sendInvented(runs);
    judge();
  }, 300_000);

  it('is as silent as the traces', () => {
    const written = JSON.stringify(
      spans
        .getFinishedSpans()
        .map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    );
    expect(written).toContain('Invented');
    expect(written).not.toContain(marker);
  });
});
