import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  Need: {
    __resolveReference: ({ id }) => ({ id }),
    // A need without goals looks like a need of another client: this service knows the client of a need from
    // its goals.
    goals: async ({ id }, _args, { loaders }) => {
      const goals = await loaders.goalsByNeed.load(id);
      return goals.length > 0 ? goals : null;
    },
  },
};
