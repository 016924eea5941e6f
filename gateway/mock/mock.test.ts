import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getNullableType,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  Kind,
  OperationTypeNode,
  parse,
  typeFromAST,
  type GraphQLInputType,
} from 'graphql';
import { apiSchema } from '../src/contract/api-schema.ts';
import { startMock, type RunningMock } from './start-mock.ts';
import { entity, nobody } from './thing.ts';

const graphs = ['staff', 'partner'] as const;
const schemas = { staff: apiSchema('staff'), partner: apiSchema('partner') };
const mocks: Partial<Record<string, RunningMock>> = {};
const options = { port: 0, seed: 'one', tickMs: 50 };
const idOf = (typename: string, number: number): string => entity(typename, number).id ?? '';

beforeAll(async () => {
  for (const graph of graphs) mocks[graph] = await startMock({ ...options, graph });
  mocks.again = await startMock({ ...options, graph: 'staff' });
  mocks.other = await startMock({ ...options, graph: 'staff', seed: 'two' });
});
afterAll(async () => {
  for (const mock of Object.values(mocks)) await mock?.close();
});

interface Answer {
  status: number;
  data?: Record<string, never> | null;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

interface Sent {
  query: string;
  variables?: Record<string, unknown>;
}

async function ask(mock: string, sent: Sent, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(mocks[mock]?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(sent),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const scalars: Record<string, unknown> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  Date: '2026-11-23',
  Email: 'a@example.org',
};
scalars.DateTime = '2026-11-23T15:00:00Z';
scalars.LanguageCode = 'en';
scalars.Phone = '+13055550123';

/** The least that a type takes. */
function least(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [];
  if (isEnumType(bare)) return bare.getValues()[0]?.name;
  if (!isInputObjectType(bare)) return scalars[bare.name] ?? idOf('Client', 3);
  const needed = Object.values(bare.getFields()).filter(({ type: of }) => isNonNullType(of));
  return Object.fromEntries(needed.map(({ name, type: of }) => [name, least(of)]));
}

describe.each(graphs)('the mock of the %s graph', (graph) => {
  const folder = join(import.meta.dirname, '..', 'operations', graph);

  it.each(readdirSync(folder))('answers %s without an error', async (file) => {
    const query = readFileSync(join(folder, file), 'utf8');
    const operation = getOperationAST(parse(query));
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) return;
    const variables = Object.fromEntries(
      (operation?.variableDefinitions ?? [])
        .filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
        .map(({ variable, type }) => [
          variable.name.value,
          least(typeFromAST(schemas[graph], type) as GraphQLInputType),
        ]),
    );
    const { status, data, errors } = await ask(graph, { query, variables });
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(Object.values(data ?? {})).not.toContain(null);
  });

  it('answers each mutation with its success, or with the problem that is asked for', async () => {
    for (const { name, type, args } of Object.values(schemas[graph].getMutationType()?.getFields() ?? {})) {
      const result = getNullableType(type);
      if (!isUnionType(result)) throw new Error(`${name} answers no union`);
      const input = args.find((one) => one.name === 'input')!;
      const query = `mutation ($input: ${input.type.toString()}) { ${name}(input: $input) { __typename } }`;
      const sent = { query, variables: { input: least(input.type) } };
      const members = result.getTypes();
      const problems = members.filter((one) => one.getInterfaces().length > 0).map((one) => one.name);
      const { data } = await ask(graph, sent);
      const { __typename: success } = data?.[name] as unknown as { __typename: string };
      expect(members.map((one) => one.name)).toContain(success);
      expect(problems).not.toContain(success);
      for (const problem of problems) {
        const answer = await ask(graph, sent, { 'x-mock-problem': problem });
        expect(answer).toEqual({ status: 200, data: { [name]: { __typename: problem } } });
      }
    }
  });
});

it.each(['', '   '])('refuses the name %j as the graph does', async (legalName) => {
  const type = schemas.staff.getType('RegisterClientInput') as GraphQLInputType;
  const { data } = await ask('staff', {
    query: `mutation ($input: RegisterClientInput!) { registerClient(input: $input) {
      ... on InvalidInput { message issues { path code message } }
    } }`,
    variables: { input: { ...(least(type) as object), legalName } },
  });
  const issues = [{ path: 'legalName', code: 'MISSING', message: 'Write something here.' }];
  expect(data?.registerClient).toEqual({ message: 'The input has faults: see issues.', issues });
});

const person = `query ($id: ID!) { client(id: $id) {
  id caseNumber name { legal } dateOfBirth preferredLanguage county registeredAt access { field allowed reason }
  activeCase { id status client { id } needs { id category client { id } } } referralRequests { id client { id } }
} }`;

describe('what is invented', () => {
  it('is the same for the same id, whenever and wherever it is asked', async () => {
    const sent = { query: person, variables: { id: idOf('Client', 5) } };
    const { data } = await ask('staff', sent);
    await ask('again', { query: '{ me { name } clients { edges { node { id county } } } }' });
    expect((await ask('again', sent)).data).toEqual(data);
    expect((await ask('other', sent)).data).not.toEqual(data);
    const listed = await ask('staff', { query: '{ clients { edges { node { id registeredAt } } } }' });
    expect(JSON.stringify(listed)).toContain(
      JSON.stringify((data?.client as unknown as { registeredAt: string }).registeredAt),
    );
  });

  it('has instruments whose ranges are named once and ascend', async () => {
    const { data } = await ask('staff', {
      query:
        '{ instruments { code title credit licence items { number } bands { code from } positiveFrom } }',
    });
    const instruments = data?.instruments as unknown as {
      code: string;
      bands: { code: string; from: number }[];
    }[];
    expect(instruments.map(({ code }) => code)).toEqual(['PHQ-9', 'GAD-7']);
    for (const { bands } of instruments) {
      const from = bands.map((band) => band.from);
      expect(from).toEqual([...new Set(from)].sort((one, other) => one - other));
      expect(new Set(bands.map(({ code }) => code)).size).toBe(bands.length);
    }
  });

  it('has matches with the best first, whose parts add up to a score of at most 100', async () => {
    const { data } = await ask('staff', {
      query: `{ serviceMatches(input: { needCategory: FOOD_INSECURITY }, first: 5) {
        considered matches { score parts { code points most } service { id name } }
      } }`,
    });
    const { matches } = data?.serviceMatches as unknown as {
      matches: { score: number; parts: { code: string; points: number; most: number }[] }[];
    };
    const scores = matches.map(({ score }) => score);
    expect(scores).toHaveLength(5);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    for (const { score, parts } of matches) {
      expect(score).toBeLessThanOrEqual(100);
      expect(score).toBe(parts.reduce((sum, { points }) => sum + points, 0));
      expect(parts.every(({ points, most }) => points >= 0 && points <= most)).toBe(true);
      expect(new Set(parts.map(({ code }) => code)).size).toBe(parts.length);
    }
  });

  it('belongs together', async () => {
    const id = idOf('Client', 5);
    const { data } = await ask('staff', { query: person, variables: { id } });
    const owners = [...JSON.stringify(data).matchAll(/"client":\{"id":"([^"]+)"/g)].map(([, owner]) => owner);
    expect(owners.length).toBeGreaterThan(2);
    expect(new Set(owners)).toEqual(new Set([id]));
  });

  it('says in access what it withholds, and why', async () => {
    const { data } = await ask('staff', {
      query:
        '{ clients { edges { node { county pronouns householdSize access { field allowed reason } } } } }',
    });
    const { edges } = data?.clients as unknown as { edges: { node: Record<string, unknown> }[] };
    const withheld = edges.flatMap(({ node }) =>
      (node.access as { field: string; allowed: boolean; reason: string }[])
        .filter(({ field, allowed }) => field in node && !allowed)
        .map(({ field, reason }) => [node[field], reason]),
    );
    expect(withheld.length).toBeGreaterThan(3);
    expect(new Set(withheld.map((one) => JSON.stringify(one)))).toEqual(new Set(['[null,"NOT_ASSIGNED"]']));
  });

  it('does not exist where the id is nobody’s', async () => {
    expect((await ask('staff', { query: person, variables: { id: nobody } })).data).toEqual({ client: null });
  });
});

interface Page {
  edges: { node: { id: string; occurredAt: string; status: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

describe('a list', () => {
  const query = `query ($id: ID!, $first: Int, $after: Cursor) { client(id: $id) {
    timeline(first: $first, after: $after, order: DESC) {
      edges { node { id occurredAt } } pageInfo { hasNextPage endCursor }
    }
  } }`;
  const page = async (more: object): Promise<Page> => {
    const { data } = await ask('staff', { query, variables: { id: idOf('Client', 2), ...more } });
    return (data?.client as unknown as { timeline: Page }).timeline;
  };

  it('has every entry on one page, in order, and says truly whether more follow', async () => {
    const whole = await page({ first: 100 });
    expect(whole.pageInfo.hasNextPage).toBe(false);
    const read: Page['edges'] = [];
    for (let after: string | null = null; ;) {
      const { edges, pageInfo } = await page({ first: 4, after });
      read.push(...edges);
      if (!pageInfo.hasNextPage) break;
      expect(edges).toHaveLength(4);
      after = pageInfo.endCursor;
    }
    expect(read).toEqual(whole.edges);
    const times = read.map(({ node }) => node.occurredAt);
    expect(times).toEqual(times.toSorted().reverse());
  });

  it('has only what was asked for', async () => {
    const { data } = await ask('staff', {
      query: '{ referrals(status: [SENT, DECLINED]) { edges { node { status } } } }',
    });
    const statuses = (data?.referrals as unknown as Page).edges.map(({ node }) => node.status);
    expect(new Set(statuses)).toEqual(new Set(['SENT', 'DECLINED']));
  });

  it.each([{ first: 101 }, { after: 'invented' }])('refuses the page %j as the graph does', async (more) => {
    const { errors } = await ask('staff', { query, variables: { id: idOf('Client', 2), ...more } });
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });
});

describe('what goes wrong', () => {
  const caseload = { query: '{ myCaseload(first: 1) { edges { node { id client { alerts { id } } } } } }' };

  it.each([
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['RATE_LIMITED', 429],
    ['nonsense', 400],
  ])('is %s when that is asked for', async (code, status) => {
    const { errors, ...answer } = await ask('staff', caseload, { 'x-mock-error': code });
    expect(answer.status).toBe(status);
    expect(errors?.[0]?.extensions.code).toBe(code === 'nonsense' ? 'BAD_REQUEST' : code);
  });

  it('is a missing service, with everything else there', async () => {
    const { data, errors } = await ask('staff', caseload, { 'x-mock-missing': 'notifications' });
    const node = { id: expect.any(String) as string, client: { alerts: null } };
    expect(data).toEqual({ myCaseload: { edges: [{ node }] } });
    expect(errors).toMatchObject([
      {
        path: ['myCaseload', 'edges', 0, 'node', 'client', 'alerts'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'notifications' },
      },
    ]);
  });

  it('is a field that there is not, and a problem that the mutation does not have', async () => {
    const unknown = await ask('staff', { query: '{ nothing }' });
    expect(unknown).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    const input = { id: idOf('PartnerReferral', 1), expectedVersion: 1 };
    const query = 'mutation ($input: PartnerStepInput!) { acceptReferral(input: $input) { __typename } }';
    const wrong = await ask('partner', { query, variables: { input } }, { 'x-mock-problem': 'NoSuchThing' });
    expect(wrong.errors?.[0]?.message).toContain('is one of NotFound, ');
  });
});

describe('a front end', () => {
  it('of this machine may ask, and no other; nobody can from elsewhere', async () => {
    const from = async (origin: string) =>
      (await fetch(mocks.staff?.url ?? '', { method: 'OPTIONS', headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await from('http://localhost:5173')).toBe('http://localhost:5173');
    expect(await from('https://localhost.example.org')).toBeNull();
    const elsewhere = (mocks.staff?.url ?? '').replace('localhost', '127.0.0.2');
    await expect(fetch(elsewhere, { signal: AbortSignal.timeout(2_000) })).rejects.toThrow();
  });

  it('of a partner finds no page of a caseload', async () => {
    const example = (graph: string) => fetch((mocks[graph]?.url ?? '').replace('/graphql', '/example'));
    expect((await example('staff')).status).toBe(200);
    expect((await example('partner')).status).toBe(404);
  });

  it('finds the query page', async () => {
    const page = await fetch((mocks.staff?.url ?? '').replace('/graphql', '/'));
    expect(await page.text()).toContain('data-sign-in=""');
  });
});
