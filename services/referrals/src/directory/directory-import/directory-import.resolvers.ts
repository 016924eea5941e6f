import { act, connection, hasRole, isUuid, readPage } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { findProblems, groupProblems } from './counting.ts';
import { DirectoryImportEntity } from './directory-import.entity.ts';
import { applyDirectoryImport, importDirectory } from './import-directory.commands.ts';

export const resolvers: Resolvers = {
  Query: {
    directoryImport: (_root, { id }, { viewer, db }) =>
      hasRole(viewer, 'PROGRAM_ADMIN') && isUuid(id)
        ? db.manager.findOneBy(DirectoryImportEntity, { id })
        : null,
  },
  Mutation: { importDirectory: act(importDirectory), applyDirectoryImport: act(applyDirectoryImport) },
  DirectoryImport: {
    files: ({ report }) => report?.files ?? [],
    removed: ({ report }) => report?.removed ?? 0,
    absent: ({ report }) => report?.absent ?? 0,
    problemGroups: ({ id }, _args, { db }) => groupProblems(db.manager, id),
    problems: async ({ id }, args, { db }) => {
      const page = readPage(args, 'import problems');
      const after = Number(page.after?.[0] ?? 0) || 0;
      const problems = await findProblems(db.manager, id, { first: page.first + 1, after });
      return connection(problems, page, ({ position }) => [position]);
    },
  },
};
