import { act } from '@throughline/graphql';
import { dayIsOver, momentOf } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { readsFile } from '../case-manager/personnel.ts';
import { cancelLeave, recordLeave } from './leave.commands.ts';
import type { StaffLeave } from './leave.ts';

/** Absences that count and are not over. */
function present(leaves: readonly StaffLeave[], context: Context): StaffLeave[] {
  const at = momentOf(context);
  return leaves.filter(({ cancelledAt, endsOn }) => cancelledAt === null && !dayIsOver(endsOn, at));
}

export const resolvers: Resolvers = {
  Mutation: { recordLeave: act(recordLeave), cancelLeave: act(cancelLeave) },
  StaffMember: {
    leave: async (staff, _args, context) => {
      if (!readsFile(context.viewer, staff)) return null;
      return present(await context.loaders.leaveByStaff.load(staff.id), context);
    },
    standsInFor: async (staff, _args, context) => {
      if (!readsFile(context.viewer, staff)) return null;
      return present(await context.loaders.leaveByCover.load(staff.id), context);
    },
  },
  StaffLeave: {
    staff: async ({ staffId }, _args, { loaders }) => {
      const staff = await loaders.staffMemberById.load(staffId);
      if (!staff) throw new Error('An absence is of a member of staff');
      return staff;
    },
    coverCaseload: async (leave, _args, { viewer, loaders }) => {
      const cover = leave.coverId ? await loaders.staffMemberById.load(leave.coverId) : null;
      return cover && readsFile(viewer, cover) ? loaders.coverCaseload.load(leave) : null;
    },
    cover: ({ coverId }, _args, { loaders }) => (coverId ? loaders.staffMemberById.load(coverId) : null),
  },
};
