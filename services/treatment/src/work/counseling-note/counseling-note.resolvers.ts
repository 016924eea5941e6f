import { act, connection, isUuid, readPage } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import type { CounselingAccess } from './counseling-log.ts';
import * as commands from './counseling-note.commands.ts';

const log = 'accesses to counseling notes';
const placeInLog = ({ at, line }: CounselingAccess) => [at, line];

/** The type is no entity and stands at no other type: the two queries are the only way to it. */
export const resolvers: Resolvers = {
  Query: {
    counselingNotes: async (_root, { clientId, ...args }, context) => {
      const page = readPage(args, 'counseling notes');
      const { care, vault } = context;
      if (!isUuid(clientId) || !(await care.mayRead(clientId, 'CLINICAL'))) return null;
      const rows = await vault.page(commands.askingOf(context), clientId.toLowerCase(), page);
      return connection(rows, page, (row) => [row.writtenAt, row.id]);
    },
    counselingNote: async (_root, { id }, context) => {
      const { care, vault } = context;
      const asking = commands.askingOf(context);
      const place = isUuid(id) ? await vault.placeOf(asking, id) : null;
      return place && (await care.mayRead(place.clientId, 'CLINICAL')) ? vault.find(asking, id) : null;
    },
    counselingAccesses: async (_root, { clientId, ...args }, context) => {
      if (!isUuid(clientId) || !(await context.care.mayRead(clientId, 'DISCLOSURES'))) return null;
      const page = readPage(args, log);
      const rows = await context.vault.log({ clientIds: [clientId.toLowerCase()] }, page);
      return connection(rows, page, placeInLog);
    },
  },
  Mutation: {
    writeCounselingNote: act(commands.writeCounselingNote),
    reviseCounselingNote: act(commands.reviseCounselingNote),
    signCounselingNote: act(commands.signCounselingNote),
    nameCounselingReader: act(commands.nameCounselingReader),
    removeCounselingReader: act(commands.removeCounselingReader),
  },
  CounselingNote: {
    client: ({ clientId }) => ({ id: clientId }),
    author: ({ authorId }) => ({ id: authorId }),
    readers: ({ readerIds }) => readerIds.map((id) => ({ id })),
    accesses: async ({ id: noteId, authorId }, args, { viewer, loaders }) => {
      if (authorId !== viewer.id) return null;
      const page = readPage(args, log);
      return connection(await loaders.accessesOfNote.load({ ...page, noteId }), page, placeInLog);
    },
  },
  CounselingAccess: { by: ({ staffId }) => ({ id: staffId }) },
};
