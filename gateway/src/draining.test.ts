import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { localTransport } from '@throughline/messaging';
import { eventually } from '@throughline/testing';
import { startOverOneService, type OverOneService } from '../equivalence/one-service.ts';

const callers = 20;
const held: ServerResponse[] = [];
let one: OverOneService;

beforeAll(async () => {
  one = await startOverOneService(
    (request, response) => {
      void text(request).then((asked) => {
        // A subscription first asks a service whether the subscriber is still active: that is answered at once.
        if (asked.includes('LiveStanding')) answer(response, '{"data":{"me":{"id":"1"}}}');
        else held.push(response);
      });
    },
    {},
    { transport: localTransport() },
  );
});
afterAll(() => one.close());

function answer(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

async function ask(): Promise<{ status: number; connection: string | null; body: unknown }> {
  const response = await fetch(one.gateway.staffUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await one.issuer.tokenFor('staff')}`,
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
  const response = await fetch(`${one.gateway.staffUrl}/stream`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${await one.issuer.tokenFor('staff')}`,
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
  const closed = one.gateway.close();
  await eventually(() => expect(ask()).rejects.toThrow());

  for (const response of held) answer(response, '{"data":{"client":{"id":"1"}}}');
  const whole = { status: 200, connection: 'close', body: { data: { client: { id: '1' } } } };
  expect(await Promise.all(asked)).toEqual(Array.from({ length: callers }, () => whole));
  expect(await subscription.text()).toContain('LIVE_INTERRUPTED');
  await closed;
});
