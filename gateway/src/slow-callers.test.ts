import { connect } from 'node:net';
import { eventually } from '@throughline/testing';
import { startOverOneService, type OverOneService } from '../equivalence/one-service.ts';

/** More than the buffers of two sockets on this machine hold. */
const much = JSON.stringify({ data: { client: { caseNumber: 'x'.repeat(12_000_000) } } });
let one: OverOneService;

beforeAll(async () => {
  one = await startOverOneService(
    (request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end(much);
    },
    { IDLE_CONNECTION_MS: 1_000 },
  );
});
afterAll(async () => {
  await one.gateway.close();
  await one.close();
});

it('a caller who does not read the answer is not waited for', async () => {
  const body = JSON.stringify({ query: '{ client(id: "1") { caseNumber } }' });
  const socket = connect({ port: Number(new URL(one.gateway.staffUrl).port), host: 'localhost' });
  let ended = false;
  socket.on('error', () => (ended = true)).on('close', () => (ended = true));
  socket.pause();
  socket.write(
    [
      'POST /graphql HTTP/1.1',
      'host: localhost',
      'content-type: application/json',
      `authorization: Bearer ${await one.issuer.tokenFor('staff')}`,
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
});
