import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { silentLogger } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { startIssuer, type Issuer } from '../equivalence/issuer.ts';
import { gatewayConfig } from './config.ts';
import { startGateway, type RunningGateway } from './gateway.ts';

/** More than the buffers of two sockets on this machine hold. */
const much = JSON.stringify({ data: { client: { caseNumber: 'x'.repeat(12_000_000) } } });
let service: Server;
let issuer: Issuer;
let gateway: RunningGateway;

beforeAll(async () => {
  service = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(much);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/graphql`;
  issuer = await startIssuer();
  gateway = await startGateway(
    gatewayConfig.parse({
      STAFF_PORT: 0,
      PARTNER_PORT: 0,
      CLIENTS_URL: url,
      TREATMENT_URL: url,
      REFERRALS_URL: url,
      NOTIFICATIONS_URL: url,
      VIEWER_TOKEN_SECRET: 'a secret of at least thirty-two characters',
      OIDC_ISSUER: issuer.url,
      OIDC_JWKS_URL: issuer.keysUrl,
      SUBGRAPH_TIMEOUT_MS: 30_000,
      IDLE_CONNECTION_MS: 1_000,
    }),
    { logger: silentLogger },
  );
});
afterAll(async () => {
  await gateway.close();
  service.closeAllConnections();
  service.close();
  await issuer.close();
});

it('a caller who does not read the answer is not waited for', async () => {
  const body = JSON.stringify({ query: '{ client(id: "1") { caseNumber } }' });
  const socket = connect({ port: Number(new URL(gateway.staffUrl).port), host: 'localhost' });
  let ended = false;
  socket.on('error', () => (ended = true)).on('close', () => (ended = true));
  socket.pause();
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      'host: localhost',
      'content-type: application/json',
      `authorization: Bearer ${await issuer.tokenFor('staff')}`,
      `content-length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  );
  // Who writes on a connection that the other side has given up hears of it.
  await eventually(
    () => {
      socket.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n');
      return ended;
    },
    { timeoutMs: 15_000, everyMs: 3_000 },
  );
}, 60_000);
