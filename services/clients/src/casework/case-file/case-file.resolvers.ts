import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { assignCaseManager, closeCase } from './case-file.commands.ts';
import { isOpen } from './case-file.ts';
import { myCaseload, unassignedCases } from './caseload.ts';

export const resolvers: Resolvers = {
  Query: {
    caseFile: (_root, { id }, { loaders }) => loaders.caseFileById.load(id),
    myCaseload: (_root, args, context) => myCaseload(context, args),
    unassignedCases: (_root, args, context) => unassignedCases(context, args),
  },
  Mutation: { assignCaseManager: act(assignCaseManager), closeCase: act(closeCase) },
  Client: {
    caseFiles: ({ id }, _args, { loaders }) => loaders.caseFilesByClient.load(id),
    activeCase: async ({ id }, _args, { loaders }) =>
      (await loaders.caseFilesByClient.load(id)).find(isOpen) ?? null,
  },
  CaseFile: {
    __resolveReference: ({ id }, { loaders }) => loaders.caseFileById.load(id),
    client: ({ clientId }, _args, { loaders }) => loaders.clientById.load(clientId),
    assignments: ({ id }, _args, { loaders }) => loaders.assignmentsByCase.load(id),
    primaryCaseManager: async ({ id }, _args, { loaders }) => {
      const assignments = await loaders.assignmentsByCase.load(id);
      const primary = assignments.find(({ role, endedAt }) => role === 'PRIMARY' && endedAt === null);
      return primary ? loaders.staffMemberById.load(primary.caseManagerId) : null;
    },
    closure: ({ closureReason, closedAt }) =>
      closureReason && closedAt ? { reason: closureReason, closedAt } : null,
  },
  Assignment: {
    caseManager: ({ caseManagerId }, _args, { loaders }) => loaders.staffMemberById.load(caseManagerId),
  },
};
