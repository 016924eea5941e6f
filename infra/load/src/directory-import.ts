import { rm } from 'node:fs/promises';
import { createDataSource, migrate } from '@throughline/referrals';
import pg from 'pg';
import { entities } from '../../../services/referrals/src/directory/hsds/hsds-entity.ts';
import {
  applyImport,
  planImport,
  type ImportRequest,
} from '../../../services/referrals/src/directory/directory-import/directory-import.commands.ts';
import { fileOf, rowsOfPackage, tables, writePackage } from './a-package.ts';
import { openBench, print, quantile, type Bench } from './bench.ts';

/** Rows per second of the directory import, against COPY of the same rows. Three rounds, medians. */
const rounds = 3;
const bench = await openBench();
const folder = await writePackage();
try {
  const times: Times[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await oneRound(bench));
  const median = (name: keyof Times): number => quantile(times.map((time) => time[name]));
  const [whole, again] = [median('plan') + median('apply'), median('again')];
  const rate = (ms: number): string => ((rowsOfPackage / ms) * 1000).toFixed(0);
  const ratio = (ms: number): string => (ms / whole).toFixed(3);
  print([
    ['rows', String(rowsOfPackage)],
    [
      'import / COPY of the files',
      `${ratio(median('files'))} (${rate(whole)} / ${rate(median('files'))} per s)`,
    ],
    ['import / COPY into equal indexed tables', `${ratio(median('kept'))} (${rate(median('kept'))} per s)`],
    ['plan (read, check, stage, compare)', `${rate(median('plan'))} rows per s`],
    ['apply (one transaction)', `${rate(median('apply'))} rows per s`],
    ['the same package again', `${rate(again)} rows per s`],
  ]);
} finally {
  await rm(folder, { recursive: true });
  await bench.close();
}

/** Milliseconds. `files`: COPY of the CSV files; `kept`: COPY of what the import wrote. */
interface Times {
  plan: number;
  apply: number;
  again: number;
  files: number;
  kept: number;
}

async function oneRound(open: Bench): Promise<Times> {
  const { ownerUrl, appUrl } = await open.database('referrals');
  await migrate(ownerUrl);
  const db = await createDataSource(appUrl, 2).initialize();
  const request: ImportRequest = { db, by: 'load', now: () => new Date() };
  let id = '';
  const read = async (): Promise<void> => {
    ({ id } = await planImport(request, { folder, source: 'load' }));
  };
  const write = async (): Promise<void> => {
    const { report } = await applyImport(request, id);
    const refused = report?.files.reduce((sum, file) => sum + file.refused + file.skipped, 0);
    if (refused !== 0) throw new Error(`${String(refused)} rows were not taken`);
  };
  const plan = await timed(read);
  const apply = await timed(write);
  const again = (await timed(read)) + (await timed(write));
  await db.destroy();

  const server = new URL(open.postgresUrl);
  server.pathname = new URL(appUrl).pathname;
  return { plan, apply, again, ...(await copies(server.href)) };
}

/** As the superuser, who alone may COPY from files of the server. */
async function copies(url: string): Promise<{ files: number; kept: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const run = async (statements: readonly string[]): Promise<void> => {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
  };
  try {
    await run(tables.map(({ name, header }) => `create table "csv_${name}" (${textColumns(header)})`));
    const files = await timed(() =>
      run(tables.map(({ name }) => copyFrom(`csv_${name}`, fileOf(folder, name)))),
    );
    const kept = entities.map(({ name }) => name);
    const dump = (name: string): string => fileOf(folder, `kept-${name}`);
    await run(kept.map((name) => `copy "${name}" to '${dump(name)}' (format csv, header)`));
    await run(kept.map((name) => `create table "kept_${name}" (like "${name}" including all)`));
    const again = await timed(() => run(kept.map((name) => copyFrom(`kept_${name}`, dump(name)))));
    return { files, kept: again };
  } finally {
    await client.end();
  }
}

function textColumns(header: string): string {
  return header
    .split(',')
    .map((column) => `"${column}" text`)
    .join(', ');
}

function copyFrom(table: string, file: string): string {
  return `copy "${table}" from '${file}' (format csv, header)`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
