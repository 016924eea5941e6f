import pg from 'pg';
import { testDatabase } from './test-database.ts';

async function migrate(ownerUrl: string): Promise<void> {
  await run(ownerUrl, 'create table note (id int primary key); grant select, insert on note to sample_app');
}

async function run(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

describe('a test database', () => {
  it('belongs to one test file, though all are copies of one template', async () => {
    const [one, other] = await Promise.all([
      testDatabase('sample', { migrate }),
      testDatabase('sample', { migrate }),
    ]);
    await run(one.appUrl, 'insert into note values (1)');
    expect((await run(one.appUrl, 'select * from note')).rowCount).toBe(1);
    expect((await run(other.appUrl, 'select * from note')).rowCount).toBe(0);
    await Promise.all([one.drop(), other.drop()]);
  });

  it('lets the app role do only what the migrations grant', async () => {
    const database = await testDatabase('sample', { migrate });
    await expect(run(database.appUrl, 'delete from note')).rejects.toThrow('permission denied');
    await expect(run(database.appUrl, 'create table extra (id int)')).rejects.toThrow('permission denied');
    await database.drop();
  });

  it('is closed to the roles of other services', async () => {
    const database = await testDatabase('sample', { migrate });
    const neighbour = await testDatabase('neighbour', { migrate: () => Promise.resolve() });
    const url = new URL(neighbour.appUrl);
    url.pathname = new URL(database.appUrl).pathname;
    await expect(run(url.href, 'select 1')).rejects.toThrow('permission denied for database');
    await Promise.all([database.drop(), neighbour.drop()]);
  });

  it('is gone after drop', async () => {
    const database = await testDatabase('sample', { migrate });
    await database.drop();
    await expect(run(database.appUrl, 'select 1')).rejects.toThrow('does not exist');
  });
});
