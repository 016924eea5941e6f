import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Closers, silentLogger } from '@throughline/runtime';
import { startGateway } from '../src/gateway.ts';
import { configOver } from './config-over.ts';
import { startIssuer, type Issuer } from './issuer.ts';
import { startSyntheticSubgraphs } from './synthetic-subgraphs.ts';

const closers = new Closers();
let issuer: Issuer;
let url: string;

const body =
  'query Case($id: ID!) { caseFile(id: $id) { id status client { id caseNumber carePlan { status } } } }';
const operations = [
  { id: 'case', name: 'Case', type: 'query', body },
  { id: 'gone', name: 'Gone', type: 'query', body: 'query Gone { neverWas }' },
];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'listed-'));
  closers.add('folder', () => rm(folder, { recursive: true }));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const services = await startSyntheticSubgraphs({ trouble: { nulls: 0, errors: 0 }, corruption: 0 });
  closers.add('services', () => services.close());
  issuer = await startIssuer();
  closers.add('issuer', () => issuer.close());
  const gateway = await startGateway(
    configOver(services, issuer, {
      SUBGRAPH_TIMEOUT_MS: 30_000,
      OPERATION_MANIFEST: join(folder, 'manifest.json'),
      SAFELIST_ONLY: 'on',
    }),
    { logger: silentLogger },
  );
  closers.add('gateway', () => gateway.close());
  url = gateway.staffUrl;
});
afterAll(() => closers.close(silentLogger));

async function ask(sent: unknown, type = 'application/json'): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${await issuer.tokenFor('staff')}` },
    body: JSON.stringify(sent),
  });
  return { status: response.status, answer: await response.json() };
}

const refused = (code: string) => ({
  status: 400,
  answer: { errors: [expect.objectContaining({ extensions: { code } })] },
});
const variables = { id: 'CaseFile-3' };

describe('a graph that answers listed operations only', () => {
  it('answers by id what it answers by text', async () => {
    const byText = await ask({ query: body, variables });
    expect(byText).toMatchObject({
      status: 200,
      answer: { data: { caseFile: { id: expect.stringMatching(/^CaseFile/) as unknown } } },
    });
    expect(await ask({ documentId: 'case', variables })).toEqual(byText);
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'case' } };
    expect(await ask({ extensions, operationName: 'Case', variables })).toEqual(byText);
  });

  it('says with 400 that a variable is missing, and suggests nothing', async () => {
    expect(await ask({ documentId: 'case' })).toEqual(refused('BAD_USER_INPUT'));
    expect(await ask({ documentId: 'case', variables: [] })).toEqual(refused('BAD_REQUEST'));
  });

  it('refuses everything else', async () => {
    expect(await ask({ query: '{ me { id } }' })).toEqual(refused('QUERY_NOT_IN_SAFELIST'));
    expect(await ask({ documentId: 'other' })).toEqual(refused('PERSISTED_QUERY_NOT_IN_LIST'));
    expect(await ask({ documentId: 'gone' })).toEqual(refused('GRAPHQL_VALIDATION_FAILED'));
    expect(await ask({})).toEqual(refused('BAD_REQUEST'));
    expect(await ask([{ documentId: 'case', variables }])).toEqual(refused('BAD_REQUEST'));
  });

  it('takes no form of another site', async () => {
    expect(await ask({ documentId: 'case', variables }, 'text/plain')).toEqual(refused('BAD_REQUEST'));
  });
});
