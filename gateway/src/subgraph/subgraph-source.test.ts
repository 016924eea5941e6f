import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLDataSourceRequestKind } from '@apollo/gateway/dist/datasources/types.js';
import { SeenTokens, verifyViewer } from '@throughline/graphql';
import type { GatewayContext } from '../context.ts';
import { SubgraphSource } from './subgraph-source.ts';

const secret = 'a secret of at least thirty-two characters';
const guard = { secret, seen: new SeenTokens() };
const context: GatewayContext = {
  viewer: { id: 'maria', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' },
  requestId: 'r-1',
};
const open: { server: Server; source: SubgraphSource }[] = [];

/** Only the test of the time-out itself has a short one, so that a busy machine changes no answer. */
async function sourceOf(listener: RequestListener, timeoutMs = 20_000): Promise<SubgraphSource> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const source = new SubgraphSource({ name: 'clients', url, viewerSecret: secret, timeoutMs });
  open.push({ server, source });
  return source;
}

function ask(source: SubgraphSource) {
  return source.process({
    kind: GraphQLDataSourceRequestKind.LOADING_SCHEMA,
    request: { query: '{ me { id } }', variables: { secret: 'value' } },
    context,
  });
}

afterAll(async () => {
  for (const { server, source } of open) {
    server.closeAllConnections();
    server.close();
    await source.close();
  }
});

describe('a call to a service', () => {
  it('brings a viewer token that is bound to its body, and the request id', async () => {
    const seen: { viewer: unknown; requestId: unknown } = { viewer: null, requestId: null };
    const source = await sourceOf((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.requestId = request.headers['x-request-id'];
        const token = String(request.headers['x-viewer-token']);
        void verifyViewer(token, { subgraph: 'clients', body }, guard).then((viewer) => {
          seen.viewer = viewer;
          response.end('{"data":{"me":{"id":"maria"}}}');
        });
      });
    });
    await expect(ask(source)).resolves.toEqual({ data: { me: { id: 'maria' } } });
    expect(seen).toEqual({ viewer: context.viewer, requestId: 'r-1' });
  });

  it.each<[string, RequestListener, string]>([
    ['hangs', () => undefined, 'SUBGRAPH_TIMEOUT'],
    ['breaks off', (request) => request.socket.destroy(), 'SUBGRAPH_UNAVAILABLE'],
    [
      'answers a page',
      (_request, response) => response.writeHead(502).end('<html>http://inside'),
      'SUBGRAPH_BAD_ANSWER',
    ],
    ['answers a list', (_request, response) => response.end('[1]'), 'SUBGRAPH_BAD_ANSWER'],
  ])('that %s costs its own part, with a code and without insides', async (_fault, listener, code) => {
    const source = await sourceOf(listener, code === 'SUBGRAPH_TIMEOUT' ? 200 : undefined);
    const error: unknown = await ask(source).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ extensions: { code, serviceName: 'clients' } });
    expect((error as Error).message).not.toMatch(/http|127\.0/);
  });

  it('to nobody fails in the same way', async () => {
    const source = new SubgraphSource({
      name: 'clients',
      url: 'http://127.0.0.1:9/graphql',
      viewerSecret: secret,
      timeoutMs: 20_000,
    });
    await expect(ask(source)).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
    await source.close();
  });
});
