import { act } from '@throughline/graphql';
import { dayIsOver, momentOf } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { readsFile } from '../case-manager/personnel.ts';
import { cancelLeave, recordLeave } from './leave.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { recordLeave: act(recordLeave), cancelLeave: act(cancelLeave) },
  StaffMember: {
    leave: async (staff, _args, context) => {
      if (!readsFile(context.viewer, staff)) return null;
      const leaves = await context.loaders.leaveByStaff.load(staff.id);
      const at = momentOf(context);
      return leaves.filter(({ cancelledAt, endsOn }) => cancelledAt === null && !dayIsOver(endsOn, at));
    },
  },
  StaffLeave: {
    cover: ({ coverId }, _args, { loaders }) => (coverId ? loaders.staffMemberById.load(coverId) : null),
  },
};
