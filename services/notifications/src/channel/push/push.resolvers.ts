import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { isSelf } from '../../inbox/notification/is-self.ts';
import { subscribePush, unsubscribePush } from './push.commands.ts';

export const resolvers: Resolvers = {
  Query: { pushKey: (_root, _args, { pushKey }) => pushKey },
  Mutation: { subscribePush: act(subscribePush), unsubscribePush: act(unsubscribePush) },
  StaffMember: {
    pushSubscriptions: ({ id }, _args, { viewer, loaders }) =>
      isSelf(viewer, id) ? loaders.pushByStaff.load(id) : null,
  },
};
