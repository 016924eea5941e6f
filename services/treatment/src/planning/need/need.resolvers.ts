import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  Need: {
    __resolveReference: ({ id }) => ({ id }),
    // A need without goals looks like somebody else's: this service learns the client of a need from its goals.
    goals: async ({ id }, _args, { loaders }) => {
      const goals = await loaders.goalsByNeed.load(id);
      return goals.length > 0 ? goals : null;
    },
  },
};
