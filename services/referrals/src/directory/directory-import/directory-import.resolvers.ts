import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import {
  connection,
  forbidden,
  hasRole,
  invalidInput,
  isUuid,
  notFound,
  readPage,
  typeOf,
  type InvalidInput,
} from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { findProblems, groupProblems } from './counting.ts';
import { applyImport, CannotImport, planImport, type ImportRequest } from './directory-import.commands.ts';
import { DirectoryImportEntity } from './directory-import.entity.ts';
import type { DirectoryImport } from './directory-import.ts';

const isAdmin = ({ viewer }: Context): boolean =>
  viewer.graph === 'STAFF' && hasRole(viewer, 'PROGRAM_ADMIN');
const refusal = () => forbidden('Only a program administrator imports service directories.');

export const resolvers: Resolvers = {
  Query: {
    directoryImport: (_root, { id }, context) =>
      isAdmin(context) && isUuid(id) ? context.db.manager.findOneBy(DirectoryImportEntity, { id }) : null,
  },
  Mutation: {
    importDirectory: async (_root, { input }, context) => {
      if (!isAdmin(context)) return refusal();
      const source = input.source.trim();
      if (!/^[\w .-]{1,80}$/.test(source)) {
        return fault('source', 'Give a name of at most 80 letters, digits, blanks, dots and dashes.');
      }
      const folder = await allowedFolder(context, input.folder);
      if (!folder) return fault('folder', 'There is no such folder below the import folder of the server.');
      return orFault('folder', () => planImport(requestOf(context), { folder, source }));
    },
    applyDirectoryImport: async (_root, { input: { id } }, context) => {
      if (!isAdmin(context)) return refusal();
      const known = isUuid(id) && (await context.db.manager.existsBy(DirectoryImportEntity, { id }));
      return known ? orFault('id', () => applyImport(requestOf(context), id)) : notFound('import');
    },
  },
  ImportDirectoryResult: { __resolveType: typeOf('DirectoryImport') as never },
  ApplyDirectoryImportResult: { __resolveType: typeOf('DirectoryImport') as never },
  DirectoryImport: {
    files: ({ report }) => report?.files ?? [],
    removed: ({ report }) => report?.removed ?? 0,
    absent: ({ report }) => report?.absent ?? 0,
    problemGroups: ({ id }, _args, { db }) => groupProblems(db.manager, id),
    problems: async ({ id }, args, { db }) => {
      const page = readPage(args, 1);
      const after = Number(page.after?.[0] ?? 0) || 0;
      const problems = await findProblems(db.manager, id, { first: page.first + 1, after });
      return connection(problems, page, ({ position }) => [position]);
    },
  },
};

function requestOf({ db, viewer, now }: Context): ImportRequest {
  return { db, by: viewer.id, now };
}

async function orFault(
  path: string,
  run: () => Promise<DirectoryImport>,
): Promise<DirectoryImport | InvalidInput> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CannotImport) return fault(path, error.message);
    throw error;
  }
}

function fault(path: string, message: string): InvalidInput {
  return invalidInput([{ path, code: 'NOT_USABLE', message }]);
}

/** The folder if it lies below the import folder, links followed; null otherwise, whatever the reason. */
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
