import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { caseManagerAssigned, uuidV7 } from '@throughline/events';
import { startGateway, type RunningGateway } from '@throughline/gateway';
import { configOver } from '@throughline/gateway/equivalence/config-over.ts';
import { startIssuer, type Issuer } from '@throughline/gateway/equivalence/issuer.ts';
import {
  startSyntheticSubgraphs,
  type SyntheticSubgraphs,
} from '@throughline/gateway/equivalence/synthetic-subgraphs.ts';
import { localTransport } from '@throughline/messaging';
import { Closers, silentLogger } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { createClient, errorCodes, type ClientOptions, type Cursor, type LiveEvent } from './index.ts';
import * as partner from './generated/partner/graphql.ts';
import * as staff from './generated/staff/graphql.ts';

const closers = new Closers();
const manifestOf = (graph: string) => join(import.meta.dirname, 'generated', graph, 'manifest.json');
const listed = {
  OPERATION_MANIFEST: manifestOf('staff'),
  PARTNER_OPERATION_MANIFEST: manifestOf('partner'),
  SAFELIST_ONLY: 'on',
};
const transport = localTransport();
let services: SyntheticSubgraphs;
let issuer: Issuer;
let strict: RunningGateway;
let open: RunningGateway;

async function gatewayWith(settings: Record<string, unknown>): Promise<RunningGateway> {
  const gateway = await startGateway(configOver(services, issuer, settings), {
    logger: silentLogger,
    transport,
  });
  closers.add('gateway', () => gateway.close());
  return gateway;
}

beforeAll(async () => {
  services = await startSyntheticSubgraphs({ trouble: { nulls: 0, errors: 0 }, corruption: 0 });
  closers.add('services', () => services.close());
  issuer = await startIssuer();
  closers.add('issuer', () => issuer.close());
  strict = await gatewayWith({ ...listed, SUBGRAPH_TIMEOUT_MS: 30_000 });
  open = await gatewayWith({ SUBGRAPH_TIMEOUT_MS: 30_000, NOTIFICATIONS_URL: 'http://127.0.0.1:59/graphql' });
});
afterAll(() => closers.close(silentLogger));

const clientOf = (gateway: RunningGateway, options: Partial<ClientOptions> = {}) =>
  createClient({ url: gateway.staffUrl, token: () => issuer.tokenFor('staff'), ...options });

interface Manifest {
  operations: { id: string }[];
}

describe.each([
  ['staff', staff],
  ['partner', partner],
])('the documents of the %s graph', (graph, documents) => {
  it('have the ids of the manifest', () => {
    const { operations } = JSON.parse(readFileSync(manifestOf(graph), 'utf8')) as Manifest;
    const ids = Object.entries(documents)
      .filter(([name]) => name.endsWith('Document'))
      .map(([, document]) => (document as { __meta__?: { hash?: string } }).__meta__?.hash);
    expect(ids.sort()).toEqual(operations.map(({ id }) => id).sort());
    expect(ids).not.toEqual([]);
  });
});

describe('where only listed operations are answered', () => {
  it('the documents are, by their ids', async () => {
    const answer = await clientOf(strict).query(staff.MyCaseloadDocument, { first: 5 });
    expect(answer.errors).toEqual([]);
    const after: Cursor | null | undefined = answer.data?.myCaseload?.pageInfo.endCursor;
    expect(typeof after).toBe('string');

    const token = () => issuer.tokenFor('partner');
    const agency = createClient({ url: strict.partnerUrl, token });
    expect((await agency.query(partner.PartnerInboxDocument)).errors).toEqual([]);
    const input = { id: 'PartnerReferral-1', expectedVersion: 1 };
    const accepted = await agency.mutate(partner.AcceptReferralDocument, { input });
    expect(accepted.data?.acceptReferral?.__typename).toEqual(expect.any(String));
  });

  it('a text is refused, with the code and the id of the request', async () => {
    const client = clientOf(strict);
    // @ts-expect-error: a page has a number of entries
    const { requestId } = await client.query(staff.MyCaseloadDocument, { first: 'five' });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const { data, errors } = await client.query('query Mine { me { id } }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { code: 'QUERY_NOT_IN_SAFELIST', requestId: expect.any(String) as string },
    ]);
  });
});

describe('where nothing is listed', () => {
  it('a client for production does not send the text', async () => {
    const { errors } = await clientOf(open).query(staff.InboxDocument);
    expect(errors).toMatchObject([{ code: 'PERSISTED_QUERY_NOT_SUPPORTED' }]);
  });

  it('a client under development does, and tells which service is missing', async () => {
    const client = clientOf(open, { fallBackToText: true });
    const variables = { input: { needCategory: 'HOMELESSNESS' as const } };
    expect(await client.query(staff.MatchDocument, variables)).toMatchObject({ errors: [] });
    expect((await client.query(staff.InboxDocument)).errors[0]).toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      serviceName: 'notifications',
      path: ['myNotifications'],
      requestId: expect.any(String) as string,
    });
  });
});

it('a person who is not signed in is told so', async () => {
  const { errors } = await clientOf(strict, { token: 'none' }).query(staff.InboxDocument);
  expect(errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
});

it('a question that nobody waits for any more is given up', async () => {
  const gone = AbortSignal.abort();
  await expect(clientOf(strict).query(staff.InboxDocument, {}, { signal: gone })).rejects.toThrow(/abort/i);
});

it('an answer that is none of the graph is said to be none', async () => {
  const elsewhere = createClient({ url: services.urlOf('clients').replace('clients', 'x'), token: 'x' });
  await expect(elsewhere.query(staff.InboxDocument)).rejects.toThrow('is not the graph: status 404');
});

it('knows every code of the catalogue', () => {
  const catalogue = readFileSync(join(import.meta.dirname, '..', '..', 'ERRORS.md'), 'utf8');
  const [, codes = ''] = catalogue.split(/^##+ /m);
  expect([...codes.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code)).toEqual(errorCodes);
});

describe('listening', () => {
  const now = new Date('2036-03-03T15:00:00Z');
  const aClient = { id: expect.any(String) as string, caseNumber: expect.any(String) as string };
  const stops: (() => void)[] = [];
  afterAll(() => {
    for (const stop of stops) stop();
  });

  async function assign(clientId: string, caseManagerId: string): Promise<void> {
    const ids = { clientId: uuidV7(now), caseId: uuidV7(now), caseManagerId: uuidV7(now) };
    const fact = caseManagerAssigned.of(ids.clientId, now, {
      ...ids,
      supervisorId: null,
    });
    const cause = { correlationId: uuidV7(now), causationId: null, actor: { kind: 'SYSTEM', id: 'test' } };
    const data = { ...fact.data, clientId, caseManagerId };
    const publisher = await transport.publisher('clients', silentLogger);
    await publisher.send([{ ...fact, data, sequence: 0, source: 'clients', cause } as never]);
  }

  it('continues after a restart of the graph, and says when to read again', async () => {
    const gateway = await gatewayWith({ ...listed, SUBGRAPH_TIMEOUT_MS: 30_000 });
    const token = await issuer.tokenFor('staff');
    const { staff_id: me } = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, string>;
    const none = { data: null, errors: [], readAnew: false };
    const heard: LiveEvent<staff.CaseloadChangedSubscription>[] = [];
    const stop = clientOf(gateway, { token }).live(
      staff.CaseloadChangedDocument,
      {},
      { next: (event) => heard.push(event), refused: (error) => heard.push({ ...none, errors: [error] }) },
    );
    stops.push(stop);
    const readAnew = { ...none, readAnew: true };
    const changed = { ...none, data: { caseloadChanged: expect.objectContaining(aClient) as unknown } };
    await eventually(() => expect(heard).toEqual([readAnew]));
    await assign('Client-3', me ?? '');
    await eventually(() => expect(heard).toEqual([readAnew, changed]));

    await gateway.close();
    await gatewayWith({ ...listed, STAFF_PORT: new URL(gateway.staffUrl).port });
    await eventually(() => expect(heard).toEqual([readAnew, changed, readAnew]));
    await assign('Client-4', me ?? '');
    await eventually(() => expect(heard).toEqual([readAnew, changed, readAnew, changed]));
    stop();
    await assign('Client-5', me ?? '');
    await clientOf(strict).query(staff.InboxDocument);
    expect(heard).toHaveLength(4);
  });

  it('ends with the reason when the graph refuses', async () => {
    const refused = await new Promise((resolve) => {
      clientOf(strict, { token: 'none' }).live(
        staff.CaseloadChangedDocument,
        {},
        { next: resolve, refused: resolve },
      );
    });
    expect(refused).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('falls back to the text where that is allowed', async () => {
    const client = clientOf(open, { fallBackToText: true });
    const first = await new Promise((resolve) => {
      stops.push(client.live(staff.CaseloadChangedDocument, {}, { next: resolve, refused: resolve }));
    });
    expect(first).toMatchObject({ readAnew: true });
  });
});
