import { once } from 'node:events';
import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from './listen.ts';
import { Draining } from './draining.ts';

const LONG_MS = 60_000;
const agents: Agent[] = [];
let server: Server;
let draining: Draining;
let held: ServerResponse[];

beforeEach(async () => {
  draining = new Draining();
  held = [];
  server = createServer((asked, response) => {
    draining.track(response);
    if (asked.url === '/held') held.push(response);
    else response.end('answer');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  for (const agent of agents.splice(0)) agent.destroy();
  await closeServer(server);
});

function caller(): (path: string) => Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  return async (path) => {
    const { port } = server.address() as AddressInfo;
    const asked = request({ port, path, agent, host: '127.0.0.1' }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response.headers.connection ?? '';
  };
}

describe('a server that drains', () => {
  it('resolves at once when nobody is connected', async () => {
    await draining.begin(server, LONG_MS);
  });

  it('waits for the answer that is on its way, and ends its connection with it', async () => {
    const ask = caller();
    const answer = ask('/held');
    while (held.length === 0) await new Promise(setImmediate);
    const drained = draining.begin(server, LONG_MS);
    held[0]?.end('late');
    expect(await answer).toBe('close');
    await drained;
  });

  it('answers once more on a connection that was unused, and then ends it', async () => {
    const ask = caller();
    expect(await ask('/')).toBe('keep-alive');
    const drained = draining.begin(server, LONG_MS);
    expect(await ask('/')).toBe('close');
    await drained;
  });

  it('takes a caller who comes while it waits', async () => {
    const first = caller();
    await first('/');
    const drained = draining.begin(server, LONG_MS);
    expect(await caller()('/')).toBe('close');
    await first('/');
    await drained;
  });

  it('waits no longer than it may for a connection that nobody uses', async () => {
    await caller()('/');
    await draining.begin(server, 50);
  });
});
