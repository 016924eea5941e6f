import { createWriteStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readConfigOrExit, serviceConfig } from '@throughline/runtime';
import { z } from 'zod';
import { createDataSource } from './database.ts';
import { findProblems, groupProblems, type ProblemGroup } from './directory/directory-import/counting.ts';
import {
  applyImport,
  CannotImport,
  planImport,
  resumeImport,
  type ImportRequest,
} from './directory/directory-import/directory-import.commands.ts';
import {
  sumOf,
  type DirectoryImport,
  type FileCounts,
} from './directory/directory-import/directory-import.ts';

const usage = `Reads a service directory (HSDS 1.x CSV, 3.x CSV or JSON). Without --apply nothing is written into the directory.

  npm run directory:import -- <folder> [--source <name>] [--apply] [--report <file.jsonl>] [--quiet]
  npm run directory:import -- --resume <id> [--apply] [--report <file.jsonl>] [--quiet]

  --source   name of the publisher, part of every id: use the same name each time (default: the folder's name)
  --apply    write the package into the directory, in one transaction
  --resume   continue an import that was interrupted, or apply an import that was only planned
  --report   write one JSON line for each problem of a row, refused rows first
  --quiet    no progress lines

Exit codes: 0 done (single rows may be refused: read the report), 1 the package or one of its files cannot be read,
2 the call is wrong.
`;

const settings = {
  allowPositionals: true,
  options: {
    apply: { type: 'boolean', default: false },
    source: { type: 'string' },
    resume: { type: 'string' },
    report: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
} as const;

const say = (line: string): unknown => process.stderr.write(`${line}\n`);
const print = (line: string): unknown => process.stdout.write(`${line}\n`);

function readArguments(): ReturnType<typeof parseArgs<typeof settings>> {
  try {
    return parseArgs(settings);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
const { positionals, values: options } = readArguments();

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
    return await run(request, folder);
  } catch (error) {
    if (!(error instanceof CannotImport)) throw error;
    say(error.message);
    return 1;
  } finally {
    await db.destroy();
  }
}

/** The report is printed even when the import cannot be applied: the report says why. */
async function run(request: ImportRequest, folder: string | undefined): Promise<number> {
  const planned = await read(request, folder);
  const groups = await groupProblems(request.db.manager, planned.id);
  try {
    const done = options.apply ? await applyImport(request, planned.id) : planned;
    await report(request, done);
  } catch (error) {
    if (error instanceof CannotImport) printGroups(groups);
    throw error;
  }
  return groups.some(isWholeFile) ? 1 : 0;
}

function isWholeFile({ severity, examples }: ProblemGroup): boolean {
  return severity === 'REFUSED' && examples.some(({ line }) => line === 0);
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
  printCounts(totals.files);
  printGroups(await groupProblems(db.manager, done.id));
  if (options.report) await writeProblems(db, done.id, options.report);
  print(
    `details removed: ${totals.removed}; entries of this source that are not in the package: ${totals.absent}`,
  );
  print(
    done.state === 'APPLIED'
      ? `import ${done.id}: applied; needs changed on ${totals.derived} services`
      : `import ${done.id}: nothing was written yet. To apply it: --resume ${done.id} --apply`,
  );
}

function printCounts(files: readonly FileCounts[]): void {
  const columns = ['rows', 'created', 'updated', 'unchanged', 'skipped', 'refused', 'warnings'] as const;
  print('file'.padEnd(38) + columns.map((column) => column.padStart(10)).join(''));
  for (const counts of [...files, { file: 'all files', ...sumOf(files) }]) {
    print(counts.file.padEnd(38) + columns.map((column) => String(counts[column]).padStart(10)).join(''));
  }
}

/** Refused rows first; three examples for each reason. */
function printGroups(groups: readonly ProblemGroup[]): void {
  for (const { severity, file, code, field, count, examples } of groups) {
    print(`${severity} ${file} ${code}${field ? ` (${field})` : ''}: ${count}`);
    for (const { line, message } of examples)
      print(line === 0 ? `  ${message}` : `  line ${line}: ${message}`);
    if (count > examples.length) print(`  and ${count - examples.length} more`);
  }
}

async function writeProblems(db: ImportRequest['db'], id: string, path: string): Promise<void> {
  const file = createWriteStream(path);
  for (let after = 0; ;) {
    const problems = await findProblems(db.manager, id, { first: 1_000, after });
    for (const { position, ...problem } of problems) {
      after = position;
      file.write(`${JSON.stringify(problem)}\n`);
    }
    if (problems.length === 0) break;
  }
  file.end();
  await finished(file);
}

process.exitCode = await main();
