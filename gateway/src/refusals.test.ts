import type { Viewer } from '@throughline/graphql';
import { createLogger, createMetrics, newKeyPair, signingKeyOf } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { startGraph, type RunningGraph } from './graph.ts';
import { createGatewayMeters } from './metrics/gateway-meters.ts';
import { SubgraphSource } from './subgraph/subgraph-source.ts';
import { composedSupergraph } from './supergraph/composed.ts';
import { ownAllowances } from './safety/allowance.ts';

const maria: Viewer = { id: 'maria', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
const broken = {
  get id(): string {
    throw new Error('cannot read 10.0.0.7');
  },
} as Viewer;

/** Nothing listens there. */
const nobody = new SubgraphSource({
  name: 'clients',
  url: 'http://127.0.0.1:9/graphql',
  viewerKey: signingKeyOf(newKeyPair().privateKey),
  timeoutMs: 20_000,
  mostBytes: 1_000_000,
  breaker: { failures: 5, openMs: 1_000 },
  singleFlight: true,
});
const lines: string[] = [];
let graph: RunningGraph;

beforeAll(async () => {
  graph = await startGraph({
    name: 'staff',
    port: 0,
    supergraphSdl: composedSupergraph('staff'),
    sourceOf: () => nobody,
    authenticate: (authorization) => {
      if (authorization === 'Bearer down') return Promise.reject(new Error('cannot reach 10.0.0.7'));
      return Promise.resolve(authorization === 'Bearer broken' ? broken : maria);
    },
    allowedOrigins: ['https://screen.example'],
    idleMs: 60_000,
    page: null,
    ...{ execution: 'compiled', compressFromBytes: 0 },
    operations: { listed: [], listedOnly: false },
    demand: { perOperation: 1_000, allowance: ownAllowances().of('staff', 100_000), longestList: 100 },
    live: null,
    meters: createGatewayMeters(createMetrics('gateway')),
    ready: () => ({ status: 'ready', parts: {} }),
    logger: createLogger({ service: 'gateway', destination: { write: (line) => void lines.push(line) } }),
  });
});
afterAll(async () => {
  await graph.close();
  await nobody.close();
});

async function post(body: unknown, { token = 'maria', type = 'application/json' } = {}) {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const { errors } = JSON.parse(text) as { errors: { extensions: { code: string } }[] };
  return { status: response.status, code: errors[0]?.extensions.code, text };
}

const deep = (n: number): string => (n === 0 ? 'id' : `client { ${deep(n - 1)} }`);
const many = (n: number, one: (index: number) => string): string =>
  Array.from({ length: n }, (_, index) => one(index)).join(' ');

describe('what a caller can correct is refused with 4xx and a code', () => {
  it.each<[string, unknown, string]>([
    ['no JSON', '{"query":', 'BAD_REQUEST'],
    ['no operation', {}, 'BAD_REQUEST'],
    ['a list of operations', [{ query: '{ me { id } }' }], 'BAD_REQUEST'],
    ['variables that are a text', { query: '{ me { id } }', variables: 'x' }, 'BAD_REQUEST'],
    ['no GraphQL', { query: '{ me {' }, 'GRAPHQL_PARSE_FAILED'],
    ['too many words', { query: `{ ${many(2_100, () => '__typename')} }` }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'too deep an operation',
      { query: `{ client(id: "1") { activeCase { ${deep(20)} } } }` },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'too many aliases',
      { query: `{ ${many(40, (n) => `a${n}: me { id }`)} }` },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'too many directives',
      { query: `{ me { ${many(60, () => 'id @include(if: true)')} } }` },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a variable left out', { query: 'query ($id: ID!) { client(id: $id) { id } }' }, 'BAD_USER_INPUT'],
    [
      'an operation that is not there',
      { query: 'query A { me { id } }', operationName: 'B' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a subscription', { query: 'subscription { caseloadChanged { id } }' }, 'BAD_REQUEST'],
    [
      'variables in 3,000 levels',
      {
        query: 'query ($id: ID!) { client(id: $id) { id } }',
        variables: { id: JSON.parse('['.repeat(3_000) + ']'.repeat(3_000)) as unknown },
      },
      'BAD_USER_INPUT',
    ],
    [
      'several operations, none named',
      { query: 'query A { me { id } } query B { me { id } }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('%s', async (_case, body, code) => {
    const answer = await post(body);
    expect({ status: Math.floor(answer.status / 100), code: answer.code }).toEqual({ status: 4, code });
  });

  it('a body of another type', async () => {
    await expect(post('{ me { id } }', { type: 'text/plain' })).resolves.toMatchObject({ status: 400 });
  });

  it('a body that is too large', async () => {
    await expect(post({ query: 'x'.repeat(1_000_001) })).resolves.toMatchObject({
      status: 413,
      code: 'BAD_REQUEST',
    });
  });

  it('headers that are too large', async () => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'x-much': 'x'.repeat(20_000) },
      body: '{}',
    });
    expect(response.status).toBe(431);
  });
});

describe('what the roles do not permit is refused before a service is asked', () => {
  const queue = '{ unassignedCases { edges { node { id } } } }';
  it.each<[string, object]>([
    ['an operation', { query: queue }],
    ['one of several', { query: `query A ${queue} query B { me { id } }`, operationName: 'A' }],
    ['a part of one', { query: `query A ${queue.replace('{ u', '{ me { id } u')}` }],
  ])('%s', async (_case, body) => {
    const { status, text } = await post(body);
    expect({ status, answer: JSON.parse(text) as unknown }).toEqual({
      status: 403,
      answer: {
        errors: [
          {
            message: 'Your role does not permit unassignedCases.',
            extensions: {
              code: 'FORBIDDEN',
              field: 'unassignedCases',
              roles: ['SUPERVISOR', 'INTAKE_WORKER'],
            },
          },
        ],
      },
    });
  });
});

describe('what is our fault answers 500 and tells nothing', () => {
  it.each(['broken', 'down'])('%s', async (token) => {
    const { status, code, text } = await post({ query: '{ me { id } }' }, { token });
    expect({ status, code }).toEqual({ status: 500, code: 'INTERNAL_SERVER_ERROR' });
    expect(text).not.toMatch(/10\.0|cannot/);
  });
});

describe('a fault inside the gateway', () => {
  it('is logged with its kind and place, under the request id of the answer', async () => {
    lines.length = 0;
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer broken' },
      body: JSON.stringify({ query: '{ me { id } }' }),
    });
    await response.text();
    const told = lines.filter((line) => line.includes(response.headers.get('x-request-id') ?? '?'));
    expect(told.join()).toMatch(/"level":"error"|"level":50/);
    expect(told.join()).toMatch(/"name":"Error"|Error/);
    expect(told.join()).toContain('refusals.test.ts');
  });
});

describe('GraphQL over HTTP', () => {
  const query = '{ __typename }';
  const ask = (init: { search?: string; method?: string; headers?: Record<string, string> } = {}) =>
    fetch(`${graph.url}${init.search ?? ''}`, {
      method: 'POST',
      ...(init.method === 'GET' ? {} : { body: JSON.stringify({ query }) }),
      ...init,
      headers: { 'content-type': 'application/json', authorization: 'bearer maria', ...init.headers },
    });

  it.each([
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
    ['text/html, */*;q=0.1', 'application/json'],
  ])('answers %s with %s', async (accept, type) => {
    const response = await ask({ headers: { accept } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  });

  it('answers 406 to a caller who takes neither form', async () => {
    expect((await ask({ headers: { accept: 'application/xml' } })).status).toBe(406);
  });

  it('takes a query by GET, and no mutation', async () => {
    const read = await ask({ method: 'GET', search: `?query=${encodeURIComponent(query)}` });
    expect(await read.json()).toEqual({ data: { __typename: 'Query' } });
    const change = 'mutation { markAllRead(input: {}) { __typename } }';
    const refused = await ask({ method: 'GET', search: `?query=${encodeURIComponent(change)}` });
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).toBe('POST');
    expect((await ask({ method: 'GET', search: '?query=x&variables=%7B' })).status).toBe(400);
  });
});

describe('every answer', () => {
  const from = (origin: string, method = 'POST') =>
    fetch(graph.url, {
      method,
      headers: { origin, 'content-type': 'application/json', authorization: 'Bearer maria' },
      ...(method === 'POST' && { body: '{"query":"{ __typename }"}' }),
    });

  it('forbids caching, guessing of types, frames and referrers', async () => {
    const { headers } = await from('https://screen.example');
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age=') as string,
    });
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it.each(['POST', 'OPTIONS'])('to %s may be read by a listed web origin', async (method) => {
    const { headers } = await from('https://screen.example', method);
    expect(headers.get('access-control-allow-origin')).toBe('https://screen.example');
    expect(headers.get('access-control-expose-headers')).toBe('x-request-id, retry-after');
    expect(headers.get('vary')).toBe('origin');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each(['https://elsewhere.example', 'https://screen.example.elsewhere.example', 'null'])(
    'may not be read by the web origin %s',
    async (origin) => {
      const { headers } = await from(origin, 'OPTIONS');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

it('leaves a line in the log for what is refused before it is read as an operation', async () => {
  const response = await fetch(graph.url, { method: 'POST', body: '{"query": secret' });
  const line: unknown = { requestId: response.headers.get('x-request-id'), status: 400, code: 'BAD_REQUEST' };
  await eventually(() =>
    expect(lines.map((text) => JSON.parse(text) as unknown)).toContainEqual(
      expect.objectContaining({ ...(line as object), msg: 'refused' }),
    ),
  );
  expect(lines.join('')).not.toContain('secret');
});
