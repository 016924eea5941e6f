import { createWriteStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readConfigOrExit, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';
import { createDataSource } from './database.ts';
import { findProblems } from './directory/directory-import/counting.ts';
import {
  applyImport,
  CannotImport,
  planImport,
  resumeImport,
  type ImportRequest,
} from './directory/directory-import/directory-import.commands.ts';
import { sumOf, type DirectoryImport } from './directory/directory-import/directory-import.ts';

const usage = `Reads a service directory (HSDS 1.x CSV, 3.x CSV or JSON). Without --apply nothing is written into the directory.

  node services/referrals/src/import.ts <folder> [--source <name>] [--apply] [--report <file.jsonl>] [--quiet]
  node services/referrals/src/import.ts --resume <id> [--apply] [--report <file.jsonl>]

  --source   name of the publisher; part of every id, so use the same one each time (default: the folder's name)
  --apply    write it, in one transaction
  --resume   go on with an import that broke off, or apply one that was only planned
  --report   write one JSON line for each row with a problem, instead of showing the first 50
`;

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    apply: { type: 'boolean', default: false },
    source: { type: 'string' },
    resume: { type: 'string' },
    report: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (line: string): unknown => process.stderr.write(`${line}\n`);
const print = (line: string): unknown => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const folder = positionals[0];
  if (options.help || (!folder && !options.resume)) {
    print(usage);
    return options.help ? 0 : 2;
  }
  const { DATABASE_URL } = readConfigOrExit(
    z.object({ DATABASE_URL: serviceConfig.DATABASE_URL }),
    process.env,
  );
  const db = await createDataSource(DATABASE_URL, 2).initialize();
  const request: ImportRequest = { db, by: 'command line', now: () => new Date(), progress };
  try {
    let done = await read(request, folder);
    if (options.apply) done = await applyImport(request, done.id);
    await report(request, done);
    return 0;
  } catch (error) {
    if (!(error instanceof CannotImport)) throw error;
    say(error.message);
    return 1;
  } finally {
    await db.destroy();
  }
}

function read(request: ImportRequest, folder: string | undefined): Promise<DirectoryImport> {
  if (options.resume) return resumeImport(request, options.resume);
  const path = resolve(folder ?? '.');
  return planImport(request, { folder: path, source: options.source ?? basename(path) });
}

function progress({ file, rows, done }: { file: string; rows: number; done: boolean }): void {
  if (!options.quiet) say(`${done ? 'read' : '  ..'} ${file}: ${rows} rows`);
}

async function report({ db }: ImportRequest, done: DirectoryImport): Promise<void> {
  const totals = done.report;
  if (!totals) return;
  const columns = ['rows', 'created', 'updated', 'unchanged', 'skipped', 'refused', 'warnings'] as const;
  const line = (name: string, counts: Record<(typeof columns)[number], number>): unknown =>
    print(name.padEnd(38) + columns.map((column) => String(counts[column]).padStart(10)).join(''));
  print('file'.padEnd(38) + columns.map((column) => column.padStart(10)).join(''));
  for (const counts of totals.files) line(counts.file, counts);
  line('all files', sumOf(totals.files));
  print(
    `details removed: ${totals.removed}; entries of this source that the package does not have: ${totals.absent}`,
  );
  await reportProblems(db, done.id);
  print(
    done.state === 'APPLIED'
      ? `import ${done.id}: applied; needs changed on ${totals.derived} services`
      : `import ${done.id}: nothing was written yet. To apply it: --resume ${done.id} --apply`,
  );
}

async function reportProblems(db: ImportRequest['db'], id: string): Promise<void> {
  const file = options.report ? createWriteStream(options.report) : null;
  const shown = file ? Infinity : 50;
  for (let after = 0; after < shown;) {
    const problems = await findProblems(db.manager, id, { first: Math.min(1_000, shown), after });
    for (const { position, ...problem } of problems) {
      after = position;
      if (file) file.write(`${JSON.stringify(problem)}\n`);
      else
        print(
          `${problem.file}:${problem.line} ${problem.severity} ${problem.code} ${problem.field ?? ''} ${problem.message}`,
        );
    }
    if (problems.length === 0) break;
    if (!file && after >= shown) print('... more: ask for all with --report <file.jsonl>');
  }
  if (file) {
    file.end();
    await finished(file);
  }
}

process.exitCode = await main();
