import { mayReadClient } from '@throughline/care-team';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/graphql.ts';

async function mayRead(clientId: string, { viewer, loaders }: Context): Promise<boolean> {
  return mayReadClient(viewer, await loaders.careTeamByClient.load(clientId));
}

export const resolvers: Resolvers = {
  Client: {
    __resolveReference: ({ id }) => ({ id }),
    referralRequests: async ({ id }, _args, context) =>
      (await mayRead(id, context)) ? context.loaders.requestsByClient.load(id) : null,
    openReferralCount: async ({ id }, _args, context) =>
      (await mayRead(id, context)) ? context.loaders.openReferralsByClient.load(id) : null,
  },
  Need: {
    __resolveReference: ({ id }) => ({ id }),
    referralRequests: async ({ id }, _args, context) => {
      const need = await context.loaders.needById.load(id);
      return need && (await mayRead(need.clientId, context)) ? context.loaders.requestsByNeed.load(id) : null;
    },
  },
};
