import { act, byId, connection, hasRole, readPage } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './document.commands.ts';
import { awaitedHours } from './document-timers.ts';
import { classes, commandsFor } from './document.ts';
import { linkMinutes, pathOf, type Link } from './document-link.ts';

function linkFor(documentId: string, does: Link['act'], { viewer, now, files }: Context) {
  const until = new Date(now().getTime() + linkMinutes * 60_000);
  const link = { documentId, act: does, staffId: viewer.id, roles: viewer.roles, until };
  return { path: pathOf(files.keys, link), until };
}

export const resolvers: Resolvers = {
  Query: { document: (_root, { id }, { loaders }) => loaders.documentById.load(id) },
  Mutation: {
    addDocument: act(commands.addDocument),
    withdrawDocument: act(commands.withdrawDocument),
  },
  Client: {
    documents: async ({ id }, { classes = null, ...args }, { loaders }) => {
      const page = readPage(args, 'documents');
      const rows = await loaders.documentsOf({ ...page, clientId: id.toLowerCase() }, classes ?? null);
      return connection(rows, page, (row) => [row.addedAt, row.id]);
    },
  },
  ClientDocument: {
    __resolveReference: byId('documentById'),
    client: ({ clientId }) => ({ id: clientId }),
    addedBy: ({ addedBy }) => ({ id: addedBy }),
    withdrawnBy: ({ withdrawnBy }) => (withdrawnBy ? { id: withdrawnBy } : null),
    storeBefore: ({ addedAt, storedAt, withdrawnAt }) =>
      storedAt || withdrawnAt ? null : new Date(addedAt.getTime() + awaitedHours * 3_600_000),
    allowedCommands: async (document, _args, { viewer, care }) => {
      const { part } = classes[document.class];
      const isOpen = hasRole(viewer, 'CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN');
      const may = isOpen && care.mayChange(viewer, await care.load(document.clientId), part);
      return may ? commandsFor(document) : [];
    },
    uploadLink: ({ id, storedAt, withdrawnAt, addedBy }, _args, context) =>
      storedAt || withdrawnAt || addedBy !== context.viewer.id ? null : linkFor(id, 'PUT', context),
    downloadLink: ({ id, storedAt, withdrawnAt }, _args, context) =>
      storedAt && !withdrawnAt ? linkFor(id, 'GET', context) : null,
    accesses: async ({ id: documentId }, args, { loaders }) => {
      const page = readPage(args, 'accesses to a document');
      const rows = await loaders.accessesOf.load({ ...page, documentId });
      return connection(rows, page, ({ id, at }) => [at, id]);
    },
  },
  DocumentAccess: { by: ({ staffId }) => ({ id: staffId }) },
};
