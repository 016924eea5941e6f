import { mayReadClient } from '@throughline/care-team';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { mayReadReferral } from '../referral/referral-access.ts';
import type { ReferralRequest } from './referral-request.ts';

async function readable(id: string, { viewer, loaders }: Context): Promise<ReferralRequest | null> {
  const request = await loaders.requestById.load(id);
  if (!request || viewer.graph !== 'STAFF') return null;
  return mayReadReferral(viewer, await loaders.careTeamByClient.load(request.clientId)) ? request : null;
}

async function mayRead(clientId: string, { viewer, loaders }: Context): Promise<boolean> {
  return mayReadClient(viewer, await loaders.careTeamByClient.load(clientId));
}

export const resolvers: Resolvers = {
  Query: { referralRequest: (_root, { id }, context) => readable(id, context) },
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
  ReferralRequest: {
    __resolveReference: ({ id }, context) => readable(id, context),
    client: ({ clientId }) => ({ id: clientId }),
    need: ({ needId }) => (needId ? { id: needId } : null),
    referrals: ({ id }, _args, { loaders }) => loaders.referralsByRequest.load(id),
  },
  ClientChoice: {
    service: ({ serviceId }, _args, { loaders }) => loaders.serviceById.load(serviceId) as never,
  },
  DeclinedOption: {
    service: ({ serviceId }, _args, { loaders }) => loaders.serviceById.load(serviceId) as never,
  },
};
