import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '@throughline/testing';
import { migrate } from './database.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase('referrals', { migrate });
  folder = await mkdtemp(join(tmpdir(), 'county-'));
  await writeFile(join(folder, 'organizations.csv'), 'id,name\n1,Harbor House\n,No id\n');
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

interface Ended {
  code: number;
  out: string;
  errors: string;
}

function run(...args: string[]): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: database.appUrl };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(import.meta.dirname, 'import.ts'), ...args],
      { env },
      (_error, out, errors) => {
        resolve({ code: child.exitCode ?? -1, out, errors });
      },
    );
  });
}

describe('the import command', () => {
  it('plans, reports each problem row, and applies what was planned when told to', async () => {
    const report = join(folder, 'report.jsonl');
    const planned = await run(folder, '--source', 'county', '--report', report);
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.errors).toContain('read organizations.csv: 2 rows');
    expect(planned.out).toContain('nothing was written yet');
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({
      line: 3,
      field: 'id',
      code: 'MISSING_ID',
    });

    const id = /import ([0-9a-f-]{36})/.exec(planned.out)?.[1] ?? '';
    const applied = await run('--resume', id, '--apply');
    expect(applied.out).toContain(`import ${id}: applied`);
    expect(applied.out).toMatch(/all files +2 +1 +0 +0 +0 +1 +0/);
  });

  it.each([
    [['/nowhere'], 1, 'There is no such folder.'],
    [['--resume', '9f0c0f0e-6a5e-4b58-9d0a-7f1f4d8f2c11'], 1, 'There is no such import.'],
    [['--resume', 'x'], 1, 'There is no such import.'],
  ])('says in one sentence what is wrong: %j', async (args, code, sentence) => {
    expect(await run(...args)).toMatchObject({ code, errors: `${sentence}\n` });
  });

  it('explains itself when it is called without a folder', async () => {
    expect(await run()).toMatchObject({ code: 2, out: expect.stringContaining('--apply') as string });
  });
});
