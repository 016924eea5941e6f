import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { approveAssignment, assignCaseManager, assignToCase, endAssignment } from './assignment.commands.ts';
import { myCaseload, ownRoles, unassignedCases } from './case-lists.ts';

export const resolvers: Resolvers = {
  Query: {
    myCaseload: (_root, args, context) => myCaseload(context, args),
    unassignedCases: (_root, args, context) => unassignedCases(context, args),
  },
  Mutation: {
    assignCaseManager: act(assignCaseManager),
    assignToCase: act(assignToCase),
    endAssignment: act(endAssignment),
    approveAssignment: act(approveAssignment),
  },
  CaseFile: {
    ownRoles: (caseFile, _args, context) => ownRoles(context, caseFile),
    assignments: ({ id }, _args, { loaders }) => loaders.assignmentsByCase.load(id),
    primaryCaseManager: async ({ id }, _args, { loaders }) => {
      const assignments = await loaders.assignmentsByCase.load(id);
      const primary = assignments.find(({ role, endedAt }) => role === 'PRIMARY' && endedAt === null);
      return primary ? loaders.staffMemberById.load(primary.caseManagerId) : null;
    },
  },
  Assignment: {
    caseManager: ({ caseManagerId }, _args, { loaders }) => loaders.staffMemberById.load(caseManagerId),
    assignedBy: ({ assignedBy }, _args, { loaders }) => loaders.staffMemberById.load(assignedBy),
    overApprovedBy: ({ overApprovedBy }, _args, { loaders }) =>
      overApprovedBy ? loaders.staffMemberById.load(overApprovedBy) : null,
  },
};
