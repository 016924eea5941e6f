import { act } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordStaff } from './case-manager.commands.ts';
import type { StaffMember } from './case-manager.ts';
import { readsFile } from './personnel.ts';

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
    cover: ({ coverId }, _args, context) => (coverId ? find(context, coverId) : null),
    employeeNo: (staff, _args, { viewer }) => (readsFile(viewer, staff) ? staff.employeeNo : null),
    education: (staff, _args, { viewer }) => (readsFile(viewer, staff) ? staff.education : null),
    gender: (staff, _args, { viewer }) => (readsFile(viewer, staff) ? staff.gender : null),
    cultures: (staff, _args, { viewer }) => (readsFile(viewer, staff) ? staff.cultures : null),
    openCases: (staff, _args, { viewer, loaders }) =>
      readsFile(viewer, staff) ? loaders.openCasesByCaseManager.load(staff.id) : null,
  },
};
