import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { CannotStart, createLogger } from '@throughline/runtime';
import { freePort } from '@throughline/runtime/local-machine';
import { testDatabase, type TestDatabase } from '@throughline/testing';
import { release } from './a-service.ts';
import { awaitDatabase, notYet } from './await-database.ts';

let database: TestDatabase;
let others: TestDatabase;
const servers: Server[] = [];

beforeAll(async () => {
  database = await testDatabase('probes', { migrate: release.migrate });
  others = await testDatabase('others', { migrate: release.migrate });
});
afterAll(async () => {
  for (const server of servers) server.close();
  await database.drop();
  await others.drop();
});

/** The same address with a part of it changed. */
function changed(change: (url: URL) => void): string {
  const url = new URL(database.appUrl);
  change(url);
  return url.href;
}

/** Message to the caller. */
async function refusal(url: string, waitMs = 60_000): Promise<string> {
  const options = { setting: 'DATABASE_URL', waitMs, retrying: () => undefined };
  const error: unknown = await awaitDatabase(url, options).catch((thrown: unknown) => thrown);
  if (!(error instanceof CannotStart)) throw new Error(`not refused: ${String(error)}`);
  return error.message;
}

/** Passes every connection on to the database, from now on. */
async function openWayTo(port: number): Promise<void> {
  const { hostname, port: behind } = new URL(database.appUrl);
  const server = createServer((near) => {
    const far = connect(Number(behind), hostname);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  servers.push(server.listen(port, '127.0.0.1'));
  await once(server, 'listening');
}

describe('a program that waits for its database', () => {
  it('goes on when the database answers', async () => {
    const options = { setting: 'DATABASE_URL', waitMs: 0, retrying: () => undefined };
    await expect(awaitDatabase(database.appUrl, options)).resolves.toBeUndefined();
  });

  it('writes one line per attempt until the database answers', async () => {
    const port = await freePort();
    const lines: string[] = [];
    const write = (line: string): void => {
      lines.push(line);
      if (lines.length === 2) void openWayTo(port);
    };
    const logger = createLogger({ service: 'probes', destination: { write } });
    const url = changed((address) => (address.port = String(port)));
    await awaitDatabase(url, { setting: 'DATABASE_URL', waitMs: 600_000, retrying: notYet(logger) });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      lines.map((_line, index): unknown =>
        expect.objectContaining({
          attempt: index + 1,
          code: 'ECONNREFUSED',
          msg: 'the database does not answer yet',
        }),
      ),
    );
    expect(lines.length).toBeGreaterThanOrEqual(2);
  });

  it('ends with one sentence when nothing answers in the time that is set', async () => {
    const port = await freePort();
    const url = changed((address) => (address.port = String(port)));
    expect(await refusal(url, 700)).toBe(
      `No database answers at 127.0.0.1:${port}${new URL(url).pathname} (ECONNREFUSED), after 0.7 s: start it, or correct DATABASE_URL.`,
    );
  });

  it('takes a server that says nothing for one that does not answer', async () => {
    const mute = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    servers.push(mute);
    await once(mute, 'listening');
    const url = changed((address) => (address.port = String((mute.address() as AddressInfo).port)));
    expect(await refusal(url, 0)).toMatch(/^No database answers at .*: start it, or correct DATABASE_URL\.$/);
  });

  it.each<[string, (url: URL) => void, RegExp]>([
    ['a wrong password', (url) => (url.password = 'guessed'), /refuses the role or its password/],
    ['an unknown role', (url) => (url.username = 'nobody'), /refuses the role or its password/],
    ['an unknown database', (url) => (url.pathname = '/nowhere'), /There is no database .*\/nowhere/],
    [
      'a database of another service',
      (url) => (url.pathname = new URL(others.appUrl).pathname),
      /may not use/,
    ],
    ['TLS where there is none', (url) => (url.search = '?sslmode=verify-full'), /does not speak TLS/],
    ['a missing file', (url) => (url.search = '?sslmode=verify-full&sslrootcert=/no/such'), /cannot be read/],
  ])('does not wait with %s', async (_case, change, sentence) => {
    const url = changed(change);
    const told = await refusal(url);
    expect(told).toMatch(sentence);
    expect(told).toMatch(/DATABASE_URL/);
    expect(told).not.toContain(new URL(url).password);
  });
});
