import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { CannotStart } from './cannot-start.ts';
import { closeServer, listen, originOf } from './listen.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(closeServer));
});

async function listening(at: { port: number; host?: string }): Promise<Server> {
  const server = createServer((_request, response) => response.end('here'));
  servers.push(server);
  await listen(server, at);
  return server;
}

const addressOf = (server: Server): AddressInfo => server.address() as AddressInfo;
const outside = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

describe('a server', () => {
  it('listens on this machine only, unless told otherwise', async () => {
    const server = await listening({ port: 0 });
    expect(addressOf(server).address).toBe('127.0.0.1');
    expect(await (await fetch(originOf(server))).text()).toBe('here');
    if (outside) await expect(fetch(`http://${outside}:${addressOf(server).port}`)).rejects.toThrow();
  });

  it('listens on all addresses when it is told so, and can be reached by this machine', async () => {
    const server = await listening({ port: 0, host: '0.0.0.0' });
    expect(await (await fetch(originOf(server, 'localhost'))).text()).toBe('here');
    if (outside) expect((await fetch(`http://${outside}:${addressOf(server).port}`)).status).toBe(200);
  });

  it('says in one sentence that its port is taken', async () => {
    const { port } = addressOf(await listening({ port: 0 }));
    await expect(listening({ port })).rejects.toThrow(
      new CannotStart(`Port ${port} is taken: stop what uses it, or set another one.`),
    );
  });

  it('says in one sentence that the address is another machine', async () => {
    await expect(listening({ port: 0, host: '192.0.2.1' })).rejects.toThrow(
      'Nothing can listen on 192.0.2.1 (EADDRNOTAVAIL): set LISTEN_HOST to an address of this machine.',
    );
  });
});
