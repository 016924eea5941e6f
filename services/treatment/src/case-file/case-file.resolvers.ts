import { readable } from '../client/readable.ts';
import type { Resolvers } from '../generated/graphql.ts';

export const resolvers: Resolvers = {
  CaseFile: {
    __resolveReference: ({ id }) => ({ id }),
    carePlan: async ({ id }, _args, context) => {
      const [latest] = await context.loaders.carePlansByCase.load(id);
      return readable(context, latest);
    },
  },
};
