import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import {
  invalidInput,
  isUuid,
  notFound,
  wrongForm,
  type InputIssue,
  type Problem,
} from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { ApplyDirectoryImportInput, ImportDirectoryInput } from '../../generated/graphql.ts';
import { applyImport, CannotImport, planImport, type ImportRequest } from './directory-import.commands.ts';
import { DirectoryImportEntity } from './directory-import.entity.ts';
import type { DirectoryImport } from './directory-import.ts';

/** Plans an import of a folder below the import folder of the server. */
export async function importDirectory(
  context: Context & { inputFaults?: readonly InputIssue[] },
  input: ImportDirectoryInput,
): Promise<DirectoryImport | Problem> {
  const source = input.source.trim();
  const folder = await allowedFolder(context, input.folder);
  const faults = [...(context.inputFaults ?? [])];
  if (!/^[\w .-]{1,80}$/.test(source) && !faults.some(({ path }) => path === 'source')) {
    faults.push(fault('source', 'Give a name of at most 80 letters, digits, blanks, dots and dashes.'));
  }
  if (folder === null && !faults.some(({ path }) => path === 'folder')) {
    faults.push(fault('folder', 'There is no such folder below the import folder of the server.'));
  }
  if (folder === null || faults.length > 0) return invalidInput(faults);
  return orFault('folder', () => planImport(requestOf(context), { folder, source }));
}

/** Writes a planned import into the directory. */
export async function applyDirectoryImport(
  context: Context,
  { id }: ApplyDirectoryImportInput,
): Promise<DirectoryImport | Problem> {
  const wrong = wrongForm(context);
  if (wrong) return wrong;
  const isKnown = isUuid(id) && (await context.db.manager.existsBy(DirectoryImportEntity, { id }));
  return isKnown ? orFault('id', () => applyImport(requestOf(context), id)) : notFound('import');
}

function requestOf({ db, viewer, now }: Context): ImportRequest {
  return { db, by: viewer.id, now };
}

async function orFault(
  path: string,
  run: () => Promise<DirectoryImport>,
): Promise<DirectoryImport | Problem> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CannotImport) return invalidInput([fault(path, error.message)]);
    throw error;
  }
}

function fault(path: string, message: string): InputIssue {
  return { path, code: 'NOT_USABLE', message };
}

/** The folder if it lies below the import folder, links followed; null otherwise, without a reason. */
async function allowedFolder({ config }: Context, folder: string): Promise<string | null> {
  const root = config.DIRECTORY_IMPORT_ROOT;
  if (!root || folder.includes('\0')) return null;
  try {
    const [base, wanted] = [await realpath(root), await realpath(resolve(root, folder))];
    return wanted === base || wanted.startsWith(base + sep) ? wanted : null;
  } catch {
    return null;
  }
}
