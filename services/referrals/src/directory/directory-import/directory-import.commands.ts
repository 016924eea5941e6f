import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { findPackage } from '../hsds/read-package.ts';
import { isUuid } from '@throughline/graphql';
import { tellAgencies } from '../agency/tell-agencies.ts';
import { countFiles } from './counting.ts';
import { DirectoryImportEntity } from './directory-import.entity.ts';
import { sumOf, type DirectoryImport, type Totals } from './directory-import.ts';
import { plan } from './planning.ts';
import { insertProblems, stageFile, type Progress } from './staging.ts';
import {
  countAbsent,
  countGone,
  deriveCapacity,
  deriveInsurance,
  deriveNeeds,
  removeGone,
  writeStaged,
} from './writing.ts';

/** The folder or the import named cannot be used; the message says why and what to do. */
export class CannotImport extends Error {
  override name = 'CannotImport';
}

export interface ImportRequest {
  db: DataSource;
  by: string;
  now: () => Date;
  progress?: Progress;
}

/** Reads a folder and works out what an import would do. Writes nothing into the directory. */
export async function planImport(
  request: ImportRequest,
  { folder, source }: { folder: string; source: string },
): Promise<DirectoryImport> {
  const { db, by, now } = request;
  const created: DirectoryImport = {
    id: randomUUID(),
    source,
    folder,
    state: 'STAGING',
    files: [],
    createdAt: now(),
    createdBy: by,
    appliedAt: null,
    report: null,
  };
  await mustBePackage(folder);
  await db.manager.insert(DirectoryImportEntity, created);
  return stageAndPlan(request, created);
}

/** Continues an interrupted import: staged files are not read again. */
export async function resumeImport(request: ImportRequest, id: string): Promise<DirectoryImport> {
  const found = isUuid(id) ? await request.db.manager.findOneBy(DirectoryImportEntity, { id }) : null;
  if (!found) throw new CannotImport('There is no such import.');
  if (found.state !== 'STAGING') return found;
  await mustBePackage(found.folder);
  return stageAndPlan(request, found);
}

async function mustBePackage(folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CannotImport('There is no such folder.');
  const { files } = await findPackage(folder);
  if (files.length === 0) {
    throw new CannotImport(
      'The folder holds no file of HSDS, for example organizations.csv or services.csv.',
    );
  }
}

async function stageAndPlan(request: ImportRequest, target: DirectoryImport): Promise<DirectoryImport> {
  const { db, progress = () => undefined } = request;
  const { files, problems } = await findPackage(target.folder);
  await db.transaction(async (tx) => {
    const names = problems.map(({ file }) => file);
    await tx.query('delete from directory_import_problem where import_id = $1 and file = any($2)', [
      target.id,
      names,
    ]);
    await insertProblems(tx, target.id, problems);
  });
  for (const file of files) await stageFile(db, target, file, progress);

  return db.transaction(async (tx) => {
    const staged = await lock(tx, target.id);
    const report = await planTotals(tx, staged);
    const planned: DirectoryImport = { ...staged, state: 'PLANNED', report };
    await tx.update(DirectoryImportEntity, { id: staged.id }, { state: planned.state, report });
    return planned;
  });
}

async function planTotals(tx: EntityManager, { id, source, files }: DirectoryImport): Promise<Totals> {
  await plan(tx, id, source);
  return {
    files: await countFiles(tx, id, files),
    removed: await countGone(tx, id, source),
    absent: await countAbsent(tx, id, source),
    derived: 0,
  };
}

/**
 * Applies a planned import, in one transaction: all of it or nothing. What it would do is worked out again, in case
 * the directory has changed since. An applied import stays as it is.
 */
export async function applyImport({ db, by, now }: ImportRequest, id: string): Promise<DirectoryImport> {
  return db.transaction(async (tx) => {
    const planned = await lock(tx, id);
    if (planned.state === 'APPLIED') return planned;
    if (planned.state !== 'PLANNED')
      throw new CannotImport('The import is not read to its end: resume it first.');
    // Two imports of one source at the same time would each plan against what the other one has not written yet.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('directory import', 0))`);

    const { id: importId, source } = planned;
    const report = await planTotals(tx, planned);
    if (isEmpty(report)) throw new CannotImport('No row of the package can be taken: nothing was applied.');
    await tellAgencies(tx, await writeStaged(tx, importId, source), now());
    await removeGone(tx, importId, source);
    report.derived = await deriveNeeds(tx, source);
    await deriveCapacity(tx, source);
    await deriveInsurance(tx, source);
    await tx.query('delete from directory_import_row where import_id = $1', [importId]);
    const applied: DirectoryImport = { ...planned, state: 'APPLIED', report, appliedAt: now() };
    await tx.update(
      DirectoryImportEntity,
      { id },
      { state: 'APPLIED', report, appliedAt: applied.appliedAt },
    );
    await tx.query('update directory_import set applied_by = $2 where id = $1', [id, by]);
    return applied;
  });
}

/** A package without a single imported row is a wrong package and is not reported as applied. */
function isEmpty({ files }: Totals): boolean {
  const { created, updated, unchanged } = sumOf(files);
  return created + updated + unchanged === 0;
}

async function lock(tx: EntityManager, id: string): Promise<DirectoryImport> {
  const found = await tx.findOne(DirectoryImportEntity, {
    where: { id },
    lock: { mode: 'for_no_key_update' },
  });
  if (!found) throw new CannotImport('There is no such import.');
  return found;
}
