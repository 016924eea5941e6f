import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { isOpen } from '../case-file/case-file.ts';
import { closeCase, mayOverride, openWorkOf, reopenCase } from './closure.commands.ts';
import { blockersOf, effectsOf, mayClose } from './closure.ts';

export const resolvers: Resolvers = {
  Query: {
    closePreview: async (_root, { caseId, reason }, { loaders, care, db, viewer, now }) => {
      const caseFile = await loaders.caseFileById.load(caseId);
      if (!caseFile || !isOpen(caseFile) || !(await care.mayRead(caseFile.clientId, 'CLINICAL'))) return null;
      const open = await openWorkOf(db.manager, caseFile);
      const blockers = blockersOf(caseFile, open, now());
      const canClose = mayClose(blockers, reason, mayOverride(viewer, await care.load(caseFile.clientId)));
      const effects = effectsOf(caseFile, open, reason);
      return { clientId: caseFile.clientId, blockers, canClose, effects };
    },
  },
  Mutation: { closeCase: act(closeCase), reopenCase: act(reopenCase) },
  CaseFile: {
    closure: ({ clientId, closureReason, closedAt, closedBy, closureNote, overrideNote }) =>
      closureReason && closedAt
        ? { clientId, reason: closureReason, closedAt, closedBy, note: closureNote, override: overrideNote }
        : null,
  },
  Closure: {
    closedBy: ({ closedBy }, _args, { loaders }) =>
      closedBy ? loaders.staffMemberById.load(closedBy) : null,
  },
};
