import { makeWorkerUtils, run, runMigrations } from 'graphile-worker';
import { eventually } from '@throughline/testing';
import pg from 'pg';
import { startEmbedded } from './embedded.ts';
import type { Postgres } from './postgres.ts';
import { grantWorker, provision } from './provision.ts';

const passwords = { owner: 'o', app: 'a' };
const otherSessions = `select 1 from pg_stat_activity where datname like 'throughline%'`;
let server: Postgres;

beforeAll(async () => {
  server = await startEmbedded({ log: () => undefined, fsync: false });
});
afterAll(() => server.stop());

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

describe('the databases of the services', () => {
  it('may be provisioned again without harm', async () => {
    const { clients } = await provision(server.url, ['clients'], passwords);
    await query(clients!.ownerUrl, 'create table kept (id int)');
    await provision(server.url, ['clients'], passwords);
    await expect(query(clients!.ownerUrl, 'select * from kept')).resolves.toBeDefined();
  });

  it('let the app role read and write only what was granted', async () => {
    const { clients } = await provision(server.url, ['clients'], passwords);
    await query(
      clients!.ownerUrl,
      'create table ledger (id int); grant select, insert on ledger to clients_app',
    );
    await query(clients!.appUrl, 'insert into ledger values (1)');
    await expect(query(clients!.appUrl, 'delete from ledger')).rejects.toThrow('permission denied');
    await expect(query(clients!.appUrl, 'create table more (id int)')).rejects.toThrow('permission denied');
    await expect(query(clients!.appUrl, 'create temporary table more (id int)')).rejects.toThrow(
      'permission denied',
    );
  });

  it('are closed to other services', async () => {
    const { clients, treatment } = await provision(server.url, ['clients', 'treatment'], passwords);
    const intruder = new URL(treatment!.ownerUrl);
    intruder.pathname = new URL(clients!.appUrl).pathname;
    await expect(query(intruder.href, 'select 1')).rejects.toThrow('permission denied for database');
  });

  it('let the app role add and run jobs', async () => {
    const { treatment } = await provision(server.url, ['treatment'], passwords);
    await runMigrations({ connectionString: treatment!.ownerUrl });
    await query(treatment!.ownerUrl, grantWorker('treatment'));
    await query(treatment!.ownerUrl, grantWorker('treatment'));

    const done = Promise.withResolvers<unknown>();
    const runner = await run({
      connectionString: treatment!.appUrl,
      taskList: { remind: (payload) => done.resolve(payload) },
      noHandleSignals: true,
      useNodeTime: false,
    });
    const utils = await makeWorkerUtils({ connectionString: treatment!.appUrl });
    await utils.addJob('remind', { id: 7 });
    await expect(done.promise).resolves.toEqual({ id: 7 });
    await utils.release();
    await runner.stop();
    await eventually(async () => (await query(server.url, otherSessions)).rowCount === 0);
  });
});
