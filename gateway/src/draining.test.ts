import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localTransport } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { startIssuer, type Issuer } from '../equivalence/issuer.ts';
import { gatewayConfig } from './config.ts';
import { startGateway, type RunningGateway } from './gateway.ts';

const callers = 20;
const held: ServerResponse[] = [];
let service: Server;
let issuer: Issuer;
let gateway: RunningGateway;

beforeAll(async () => {
  service = createServer((request, response) => {
    request.resume();
    held.push(response);
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
    }),
    { logger: silentLogger, transport: localTransport() },
  );
});
afterAll(async () => {
  service.closeAllConnections();
  service.close();
  await issuer.close();
});

async function ask(): Promise<{ status: number; connection: string | null; body: unknown }> {
  const response = await fetch(gateway.staffUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await issuer.tokenFor('staff')}`,
    },
    body: JSON.stringify({ query: '{ client(id: "1") { id } }' }),
  });
  return {
    status: response.status,
    connection: response.headers.get('connection'),
    body: await response.json(),
  };
}

async function subscribe(): Promise<Response> {
  const response = await fetch(`${gateway.staffUrl}/stream`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${await issuer.tokenFor('staff')}`,
    },
    body: JSON.stringify({ query: 'subscription { notificationAdded { id } }' }),
  });
  expect(response.status).toBe(200);
  return response;
}

it('a gateway that stops answers what has come in, says goodbye to subscribers, and takes nothing more', async () => {
  const subscription = await subscribe();
  const asked = Array.from({ length: callers }, ask);
  await eventually(() => expect(held).toHaveLength(callers));
  const closed = gateway.close();
  await eventually(() => expect(ask()).rejects.toThrow());

  for (const response of held)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"client":{"id":"1"}}}');
  const whole = { status: 200, connection: 'close', body: { data: { client: { id: '1' } } } };
  expect(await Promise.all(asked)).toEqual(Array.from({ length: callers }, () => whole));
  expect(await subscription.text()).toContain('LIVE_INTERRUPTED');
  await closed;
});
