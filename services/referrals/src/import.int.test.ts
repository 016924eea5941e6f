import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from '@throughline/testing';
import { migrate } from './database.ts';

let database: TestDatabase;
let folder: string;
const folders: string[] = [];
beforeAll(async () => {
  database = await testDatabase('referrals', { migrate });
  folder = await aFolder({ 'organizations.csv': 'id,name\n1,Harbor House\n,No id\n' });
});
afterAll(async () => {
  await database.drop();
  for (const path of folders) await rm(path, { recursive: true });
});

async function aFolder(files: Record<string, string>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'county-'));
  folders.push(path);
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return path;
}

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

  it('shows refused rows first, by file and reason, with a count and three examples', async () => {
    const county = await aFolder({
      'languages.csv': 'id,service_id,language\n1,1,Klingon\n',
      'organizations.csv': 'id,name\n1,Harbor House\n',
      'services.csv': `id,organization_id,name\n1,1,Beds\n${[2, 3, 4, 5].map((id) => `${id},77,Lost\n`).join('')}`,
    });
    const { out, code } = await run(county, '--source', 'groups', '--quiet');
    expect(code).toBe(0);
    const shown = out.split('\n').filter((line) => /^(REFUSED|WARNING| {2})/.test(line));
    expect(shown).toEqual([
      'REFUSED services.csv ORPHAN (organization_id): 4',
      ...[3, 4, 5].map((line) => expect.stringContaining(`  line ${line}: There is no agency 77`) as string),
      '  and 1 more',
      'WARNING languages.csv FREE_TEXT (language): 1',
      '  line 2: The language is free text; it is kept as text, without a code.',
    ]);
  });

  it('ends with 1 when a file cannot be read, and does not say applied when no row was taken', async () => {
    const county = await aFolder({ 'organizations.csv': 'this is\nno table\n' });
    const { code, out, errors } = await run(county, '--source', 'broken', '--apply', '--quiet');
    expect(code).toBe(1);
    expect(out).toContain('The first line names no column of HSDS. Nothing of the file is taken.');
    expect(out).not.toContain('applied');
    expect(errors).toBe('No row of the package can be taken: nothing was applied.\n');
  });

  it.each([
    [['--colour'], 2, expect.stringContaining("Unknown option '--colour'") as string],
    [['/nowhere'], 1, 'There is no such folder.'],
    [['--resume', '9f0c0f0e-6a5e-4b58-9d0a-7f1f4d8f2c11'], 1, 'There is no such import.'],
    [['--resume', 'x'], 1, 'There is no such import.'],
  ])('says in one sentence what is wrong: %j', async (args, code, sentence) => {
    expect(await run(...args)).toMatchObject({
      code,
      errors: typeof sentence === 'string' ? `${sentence}\n` : sentence,
    });
  });

  it('explains itself when it is called without a folder', async () => {
    expect(await run()).toMatchObject({ code: 2, out: expect.stringContaining('--apply') as string });
  });
});
