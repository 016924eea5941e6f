import { act, byId, connection, hasRole, readPage, type PageArgs } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './progress-note.commands.ts';
import { findNotesToCosign, isInQueue, type NotePage } from './progress-note.loaders.ts';
import { commandsFor, isTextOpen } from './progress-note.ts';

type Owner = Pick<NotePage, 'owner' | 'ownerId' | 'clientId' | 'filter'>;

async function pageOf(owner: Owner, args: PageArgs, { loaders }: Context) {
  const page = readPage(args, `notes of a ${owner.owner.toLowerCase()}`);
  const rows = await loaders.notePage.load({ ...page, ...owner });
  return connection(rows, page, (row) => [row.draftedAt, row.id]);
}

async function waitingNotes(args: PageArgs, context: Context) {
  const page = readPage(args, 'notes to cosign');
  const rows = await findNotesToCosign(context.db, context.viewer.id, page);
  const found = connection(rows, page, (row) => [row.awaitsSince ?? '', row.id]);
  const isOwn = await isInQueue(context, rows);
  return { edges: found.edges.filter(({ node }) => isOwn(node)), pageInfo: found.pageInfo };
}

export const resolvers: Resolvers = {
  Query: {
    progressNote: (_root, { id }, { loaders }) => loaders.noteById.load(id),
    notesToCosign: (_root, args, context) => waitingNotes(args, context),
  },
  Mutation: {
    saveNoteDraft: act(commands.saveNoteDraft),
    signNote: act(commands.signNote),
    cosignNote: act(commands.cosignNote),
    returnNote: act(commands.returnNote),
    amendNote: act(commands.amendNote),
    withdrawNoteDraft: act(commands.withdrawNoteDraft),
  },
  Client: {
    notes: ({ id }, { filter, ...args }, context) => {
      const clientId = id.toLowerCase();
      return pageOf({ owner: 'CLIENT', ownerId: clientId, clientId, filter: filter ?? {} }, args, context);
    },
  },
  Goal: {
    notes: ({ id, clientId }, args, context) =>
      pageOf({ owner: 'GOAL', ownerId: id, clientId, filter: {} }, args, context),
  },
  ProgressNote: {
    __resolveReference: byId('noteById'),
    client: ({ clientId }) => ({ id: clientId }),
    narrative: (note, _args, { viewer }) => (isTextOpen(note, viewer.id) ? note.narrative : null),
    withoutGoal: (note, _args, { viewer }) => (isTextOpen(note, viewer.id) ? note.withoutGoal : null),
    goals: async ({ goalIds }, _args, { loaders }) => {
      const goals = await Promise.all(goalIds.map((id) => loaders.goalById.load(id)));
      return goals.filter((goal) => goal !== null);
    },
    need: ({ needId }) => (needId ? { id: needId } : null),
    contact: ({ contactId }) => (contactId ? { id: contactId } : null),
    stay: ({ stayId }, _args, { loaders }) => (stayId ? loaders.stayById.load(stayId) : null),
    author: ({ authorId }) => ({ id: authorId }),
    cosignedBy: ({ cosignedBy }) => (cosignedBy ? { id: cosignedBy } : null),
    addenda: ({ id }, _args, { loaders }) => loaders.addendaOfNote.load(id),
    allowedCommands: (note, _args, { viewer }) =>
      hasRole(viewer, 'CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN')
        ? commandsFor(note, { id: viewer.id, isSupervisor: hasRole(viewer, 'SUPERVISOR') })
        : [],
  },
  NoteAddendum: {
    addedBy: ({ addedBy }) => ({ id: addedBy }),
    awaitsCosignature: ({ needsCosignature, cosignedAt }) => needsCosignature && cosignedAt === null,
  },
};
