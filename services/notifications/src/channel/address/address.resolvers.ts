import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { isSelf } from '../../inbox/notification/is-self.ts';
import { removeMyAddress, setMyAddress } from './address.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { setMyAddress: act(setMyAddress), removeMyAddress: act(removeMyAddress) },
  StaffMember: {
    messageAddresses: ({ id }, _args, { viewer, loaders }) =>
      isSelf(viewer, id) ? loaders.addressesByStaff.load(id) : null,
  },
};
