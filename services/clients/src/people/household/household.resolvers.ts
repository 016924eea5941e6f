import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { joinHousehold, leaveHousehold } from './household.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { joinHousehold: act(joinHousehold), leaveHousehold: act(leaveHousehold) },
  Client: {
    household: async ({ id }, _args, { loaders, care }) => {
      const now = (await loaders.membershipsByClient.load(id)).find(({ leftAt }) => leftAt === null);
      if (!now) return null;
      const all = await loaders.membersByHousehold.load(now.householdId);
      const known = await Promise.all(all.map(({ clientId }) => care.mayRead(clientId, 'SOCIAL')));
      return { members: all.filter((_member, place) => known[place]) };
    },
  },
  HouseholdMember: {
    record: ({ clientId }, _args, { loaders }) => loaders.clientById.load(clientId),
    since: ({ joinedAt }) => joinedAt,
  },
};
