import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import {
  moderateAppreciation,
  reactToAppreciation,
  shareAppreciation,
  submitAppreciation,
} from './note.commands.ts';
import { findQueue, findReceived } from './note.queries.ts';
import { allowedCommands, mayModerate, readsBody } from './note.ts';

export const resolvers: Resolvers = {
  Query: {
    appreciationNote: (_root, { id }, { loaders }) => loaders.noteForViewer(id),
    appreciationQueue: (_root, args, context) => findQueue(args, context),
  },
  Mutation: {
    submitAppreciation: act(submitAppreciation),
    moderateAppreciation: act(moderateAppreciation),
    shareAppreciation: act(shareAppreciation),
    reactToAppreciation: act(reactToAppreciation),
  },
  StaffMember: {
    appreciationNotes: ({ id }, args, context) =>
      context.viewer.graph === 'STAFF' ? findReceived(id, args, context) : null,
  },
  AppreciationNote: {
    __resolveReference: ({ id }, { loaders }) => loaders.noteForViewer(id),
    to: ({ toStaffId }) => ({ id: toStaffId }),
    writtenBy: ({ fromType, recordedBy }) => (fromType === 'COLLEAGUE' ? { id: recordedBy } : null),
    body: async (note, _args, { loaders }) =>
      readsBody(note, await loaders.noteStanding(note)) ? note.body : null,
    hasVerifiedOccasion: ({ occasionId }) => occasionId !== null,
    findings: async (note, _args, { loaders }) =>
      mayModerate(note, await loaders.noteStanding(note)) ? note.findings : null,
    rejectedBecause: async (note, _args, { loaders }) =>
      readsBody(note, await loaders.noteStanding(note)) ? note.rejectedBecause : null,
    allowedCommands: async (note, _args, { loaders }) =>
      allowedCommands(note, await loaders.noteStanding(note)),
  },
};
