import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { isSelf } from '../../inbox/notification/is-self.ts';
import { updateQuietHours } from './quiet-hours.commands.ts';

export const resolvers: Resolvers = {
  Mutation: {
    updateQuietHours: act(updateQuietHours),
  },
  StaffMember: {
    quietHours: ({ id }, _args, { viewer, loaders }) =>
      isSelf(viewer, id) ? loaders.quietHoursByStaff.load(id) : null,
  },
};
