import { newKeyPair, publicKeysOf, signingKeyOf, silentLogger } from '@throughline/runtime';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { startSubgraph, type RunningSubgraph } from './start-subgraph.ts';
import { signViewer, type Viewer } from './viewer.ts';

const gateway = newKeyPair();
const referrals = newKeyPair();
const service: Viewer = { id: 'referrals', roles: ['SYSTEM'], agencyId: null, graph: 'INTERNAL' };
const maria: Viewer = { id: 'maria', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
const text = (value: string) => ({ type: GraphQLString, resolve: () => value });
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { basis: text('consents'), name: text('Ada') } }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: { basis: text('written') } }),
});

function start(internalKeys = referrals.publicKey): Promise<RunningSubgraph> {
  return startSubgraph({
    name: 'clients',
    port: 0,
    schema,
    viewerKeys: publicKeysOf(gateway.publicKey),
    internal: { caller: 'referrals', field: 'basis', keys: publicKeysOf(internalKeys) },
    createContext: ({ viewer }) => ({ viewer }),
    logger: silentLogger,
    ready: () => ({ status: 'ready', parts: {} }),
  });
}

describe('a service that calls another one', () => {
  let subgraph: RunningSubgraph;

  beforeAll(async () => {
    subgraph = await start();
  });
  afterAll(() => subgraph.close());

  async function ask(viewer: Viewer, query: string): Promise<unknown> {
    const body = JSON.stringify({ query });
    const { privateKey } = viewer === service ? referrals : gateway;
    const token = signViewer(viewer, { subgraph: 'clients', body }, signingKeyOf(privateKey));
    const headers = { 'content-type': 'application/json', 'x-viewer-token': token };
    const answer = (await (await fetch(subgraph.url, { method: 'POST', headers, body })).json()) as {
      data?: unknown;
      errors?: { extensions: { code: string } }[];
    };
    return answer.errors?.[0]?.extensions.code ?? answer.data;
  }

  it('is answered what its key is for', async () => {
    expect(await ask(service, '{ basis }')).toEqual({ basis: 'consents' });
    expect(await ask(service, '{ other: basis }')).toEqual({ other: 'consents' });
  });

  it.each([
    '{ name }',
    '{ basis name }',
    '{ basis: name }',
    '{ __typename }',
    '{ ... { name } }',
    'query { ...All } fragment All on Query { name }',
    'mutation { basis }',
  ])('is refused %s', async (query) => {
    expect(await ask(service, query)).toBe('FORBIDDEN');
  });

  it('does not stand in the way of people', async () => {
    expect(await ask(maria, '{ name basis __typename }')).toEqual({
      name: 'Ada',
      basis: 'consents',
      __typename: 'Query',
    });
  });

  it("has a key of its own: the gateway's key for both is refused at the start", async () => {
    await expect(start(gateway.publicKey)).rejects.toThrow("The key for basis is the gateway's key too");
  });
});
