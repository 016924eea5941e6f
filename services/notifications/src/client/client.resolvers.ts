import type { Resolvers } from '../generated/graphql.ts';

export const resolvers: Resolvers = {
  Client: {
    alerts: ({ id }, _args, { loaders }) => loaders.alertsByClient.load(id),
  },
};
