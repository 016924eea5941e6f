import type { Resolvers } from '../../generated/graphql.ts';
import { readsFile } from '../case-manager/personnel.ts';
import { team } from './team.ts';

export const resolvers: Resolvers = {
  Query: { team: (_root, args, context) => team(context, args) },
  StaffMember: {
    caseload: (staff, _args, { viewer, loaders }) =>
      readsFile(viewer, staff) ? loaders.caseloadByStaff.load(staff.id) : null,
    overdueContacts: (staff, _args, { viewer, loaders }) =>
      readsFile(viewer, staff) ? loaders.overdueContactsByStaff.load(staff.id) : null,
  },
};
