import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { startEmbedded } from './embedded.ts';

const log = () => undefined;

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

describe('the bundled PostgreSQL', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'throughline-postgres-test-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('finds its data again on the next start', async () => {
    const first = await startEmbedded({ dataDir, log });
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();

    const second = await startEmbedded({ dataDir, log });
    expect((await query(second.url, 'select answer from kept')).rows).toEqual([{ answer: 42 }]);
    expect((await query(second.url, 'show fsync')).rows).toEqual([{ fsync: 'on' }]);
    await second.stop();
  });

  it('starts although a server that was killed left its pid file, with a number now used by another program', async () => {
    await (await startEmbedded({ dataDir, log })).stop();
    await writeFile(join(dataDir, 'cluster/postmaster.pid'), `${process.pid}\n${dataDir}/cluster\n`);

    const server = await startEmbedded({ dataDir, log });
    await expect(query(server.url, 'select 1')).resolves.toBeDefined();
    await server.stop();
  });

  it('refuses a second server on the same data and says what to do', async () => {
    const server = await startEmbedded({ dataDir, log });
    await expect(startEmbedded({ dataDir, log })).rejects.toThrow('stop the other start first');
    await expect(query(server.url, 'select 1')).resolves.toBeDefined();
    await server.stop();
  });

  it('says what to do when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(startEmbedded({ port, log })).rejects.toThrow(
      `Port ${port} is taken by another program, so PostgreSQL cannot listen there: stop that program`,
    );
    other.close();
  });

  it('ends with the process that started it, even when that is killed', async () => {
    const source = `
      import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
      const { url } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined });
      console.log(url);
      setInterval(() => undefined, 1000);
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const url = line.toString().trim();
    await query(url, 'select 1');

    parent.kill('SIGKILL');
    const again = await startEmbedded({ dataDir, log });
    await expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await again.stop();
  });
});
