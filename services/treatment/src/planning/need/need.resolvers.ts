import { mayRead } from '../../assessment/access/readable.ts';
import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  Need: {
    __resolveReference: ({ id }) => ({ id }),
    goals: async ({ id }, _args, context) => {
      const goals = await context.loaders.goalsByNeed.load(id);
      const [first] = goals;
      return first && (await mayRead(context, first.clientId)) ? goals : null;
    },
  },
};
