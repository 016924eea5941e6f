import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { DataSource, EntityManager } from 'typeorm';
import { entityByName } from '../hsds/hsds-entity.ts';
import { UnreadableFile, type RawRow, type RowProblem, type StagedRow } from '../hsds/hsds.ts';
import { readFileRows, type PackageFile } from '../hsds/read-package.ts';
import { stageRow } from '../hsds/stage-row.ts';
import { DirectoryImportEntity } from './directory-import.entity.ts';
import type { DirectoryImport, StagedFile } from './directory-import.ts';

const portionSize = 2_000;

export type Progress = (event: { file: string; rows: number; done: boolean }) => void;

/**
 * Reads one file into the staging tables, in one transaction: a file is staged whole or not at all. A file whose
 * structure cannot be read is refused as a whole, with one problem.
 */
export async function stageFile(
  db: DataSource,
  target: DirectoryImport,
  file: PackageFile,
  progress: Progress,
): Promise<void> {
  const hash = await hashOf(file.path);
  try {
    await db.transaction((tx) =>
      stageOnce(tx, target, { name: file.name, hash }, async () => {
        return stageRows(tx, { importId: target.id, source: target.source, file, progress });
      }),
    );
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await db.transaction((tx) =>
      stageOnce(tx, target, { name: file.name, hash }, async () => {
        await insertProblems(tx, target.id, [refusedFile(file.name, error)]);
        return 0;
      }),
    );
  }
}

/** A file that an earlier attempt has staged is not staged again, unless its bytes have changed since. */
async function stageOnce(
  tx: EntityManager,
  { id }: DirectoryImport,
  { name, hash }: { name: string; hash: string },
  stage: () => Promise<number>,
): Promise<void> {
  const { files } = await tx.findOneOrFail(DirectoryImportEntity, {
    where: { id },
    lock: { mode: 'for_no_key_update' },
  });
  if (files.some((known) => known.name === name && known.hash === hash)) return;

  for (const table of ['directory_import_row', 'directory_import_problem']) {
    await tx.query(`delete from ${table} where import_id = $1 and file = $2`, [id, name]);
  }
  const staged: StagedFile = { name, hash, rows: await stage() };
  const others = files.filter((known) => known.name !== name);
  await tx.update(DirectoryImportEntity, { id }, { files: [...others, staged] });
}

interface Work {
  importId: string;
  source: string;
  file: PackageFile;
  progress: Progress;
}

async function stageRows(tx: EntityManager, { importId, source, file, progress }: Work): Promise<number> {
  const batch = new Batch(tx, importId);
  let count = 0;
  for await (const { rows, problems } of readFileRows(file)) {
    batch.problems.push(...problems);
    count += rows.length + problems.filter(({ line, severity }) => line > 0 && severity === 'REFUSED').length;
    for (const raw of rows) batch.add(raw, source, file.name);
    if (batch.size >= portionSize) {
      await batch.flush();
      progress({ file: file.name, rows: count, done: false });
    }
  }
  await batch.flush();
  progress({ file: file.name, rows: count, done: true });
  return count;
}

class Batch {
  readonly problems: RowProblem[] = [];
  readonly #rows: StagedRow[] = [];
  readonly #tx: EntityManager;
  readonly #importId: string;

  constructor(tx: EntityManager, importId: string) {
    this.#tx = tx;
    this.#importId = importId;
  }

  get size(): number {
    return this.#rows.length + this.problems.length;
  }

  add(raw: RawRow, source: string, file: string): void {
    const entity = entityByName.get(raw.entity);
    if (!entity) return;
    const { row, problems } = stageRow(raw, entity, source, file);
    if (row) this.#rows.push(row);
    this.problems.push(...problems);
  }

  async flush(): Promise<void> {
    for (const rows of portions(this.#rows)) await insertRows(this.#tx, this.#importId, rows);
    for (const problems of portions(this.problems)) await insertProblems(this.#tx, this.#importId, problems);
    this.#rows.length = 0;
    this.problems.length = 0;
  }
}

function* portions<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += portionSize) yield items.slice(from, from + portionSize);
}

async function insertRows(tx: EntityManager, importId: string, rows: readonly StagedRow[]): Promise<void> {
  await tx.query(
    `insert into directory_import_row (import_id, file, line, entity, id, source_id, data, refs, initial, view)
     select $1, r.file, r.line, r.entity, r.id, r."sourceId", r.data, r.refs, r.initial, r.view
     from jsonb_to_recordset($2::jsonb) as r(
       file text, line integer, entity text, id uuid, "sourceId" text, data jsonb, refs jsonb, initial jsonb,
       view boolean)`,
    [importId, JSON.stringify(rows)],
  );
}

export async function insertProblems(
  tx: EntityManager,
  importId: string,
  problems: readonly RowProblem[],
): Promise<void> {
  await tx.query(
    `insert into directory_import_problem (import_id, stage, severity, file, line, field, code, message)
     select $1, 'READING', p.severity, p.file, p.line, p.field, p.code, p.message
     from jsonb_to_recordset($2::jsonb) as p(
       severity text, file text, line integer, field text, code text, message text)`,
    [importId, JSON.stringify(problems)],
  );
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

function refusedFile(file: string, { code, message }: UnreadableFile): RowProblem {
  const sentence = `${message} Nothing of the file is taken.`;
  return { file, line: 0, field: null, severity: 'REFUSED', code, message: sentence };
}
