import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as clients from '@throughline/clients';
import { eventually, testDatabase, type TestDatabase } from '@throughline/testing';
import * as treatment from '@throughline/treatment';
import type { DataSource } from 'typeorm';

const FACTS = 15_000;
let recorded: TestDatabase;
let kept: TestDatabase;
let owner: DataSource;

beforeAll(async () => {
  recorded = await testDatabase('clients', { migrate: clients.migrate });
  kept = await testDatabase('treatment', { migrate: treatment.migrate });
  const archive = await clients.createDataSource(recorded.ownerUrl, 1).initialize();
  owner = await treatment.createDataSource(kept.ownerUrl, 1).initialize();
  const keys: { key: string }[] = await archive.query(`
    with client as materialized (select gen_random_uuid()::text as key from generate_series(1, ${FACTS / 10}))
    , fact as (
      insert into outbox_archive (id, topic, key, key_sequence, type, schema_version, payload, cause, occurred_at)
      select gen_random_uuid(), 'clients.v1', key, n, 'NeedRecorded', 1,
        jsonb_build_object('needId', gen_random_uuid(), 'clientId', key, 'caseId', gen_random_uuid(),
          'category', 'FOOD', 'clientRank', null),
        '{"actor": {"kind": "SYSTEM", "id": "test"}, "correlationId": "test"}', now()
      from client, generate_series(1, 10) n)
    select key from client`);
  await archive.destroy();
  await owner.query(
    `insert into inbox_key (consumer, topic, key, last_sequence) select 'treatment.work', 'clients.v1', unnest($1::text[]), 10`,
    [keys.map(({ key }) => key)],
  );
  await owner.query('insert into need (id, client_id) values (gen_random_uuid(), gen_random_uuid())');
});
afterAll(async () => {
  await owner.destroy();
  await kept.drop();
  await recorded.drop();
});

function rebuildNeeds() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rebuild.ts'), 'treatment', 'needs'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATABASE_OWNER_URL: kept.ownerUrl, CLIENTS_DATABASE_URL: recorded.appUrl },
  });
  const said = { text: '' };
  child.stderr.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, said, ended };
}

async function countOf(sql: string): Promise<number> {
  const rows: { n: string }[] = await owner.query(`select count(*) as n from ${sql}`);
  return Number(rows[0]?.n);
}

const shadows = (): Promise<number> => countOf(`pg_namespace where nspname = 'rebuild_needs'`);

describe('the program that rebuilds a projection', () => {
  it('tells how far it is, and clears away what it made when it is stopped', async () => {
    const { child, said, ended } = rebuildNeeds();
    await eventually(() => expect(said.text).toMatch(/\d+ of 15000 facts \(\d+ %\), \d+ a second/));
    expect(await shadows()).toBe(1);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(said.text).toContain('Stopped: nothing was changed.');
    expect(await shadows()).toBe(0);
    expect(await countOf('need')).toBe(1);
  });

  it('changes nothing when it is killed, and does it all when it is started again', async () => {
    const { child, said, ended } = rebuildNeeds();
    await eventually(() => expect(said.text).toContain('%'));
    child.kill('SIGKILL');
    await ended;
    expect(await countOf('need')).toBe(1);

    await eventually(async () => {
      const again = rebuildNeeds();
      expect([await again.ended, again.said.text]).toEqual([
        0,
        expect.stringContaining('1 rows before, 15000 after'),
      ]);
    });
    expect([await countOf('need'), await shadows()]).toEqual([FACTS, 0]);
  });
});
