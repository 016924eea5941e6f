import { act, hasRole } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordStaff } from './case-manager.commands.ts';
import type { StaffMember } from './case-manager.ts';

function find({ loaders }: Context, id: string): Promise<StaffMember | null> {
  return loaders.staffMemberById.load(id);
}

export const resolvers: Resolvers = {
  Query: {
    staffMember: (_root, { id }, context) => find(context, id),
    me: (_root, _args, context) => find(context, context.viewer.id),
  },
  Mutation: { recordStaff: act(recordStaff) },
  StaffMember: {
    __resolveReference: ({ id }, context) => find(context, id),
    supervisor: ({ supervisorId }, _args, context) => (supervisorId ? find(context, supervisorId) : null),
    openCases: ({ id, supervisorId }, _args, { viewer, loaders }) =>
      id === viewer.id || supervisorId === viewer.id || hasRole(viewer, 'PROGRAM_ADMIN')
        ? loaders.openCasesByCaseManager.load(id)
        : null,
  },
};
