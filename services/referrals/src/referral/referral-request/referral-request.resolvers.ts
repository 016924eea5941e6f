import type { Resolvers } from '../../generated/graphql.ts';
import { readable, readableRows } from '../referral/referral-access.ts';

export const resolvers: Resolvers = {
  Query: {
    referralRequest: async (_root, { id }, { loaders, care }) =>
      readable(care, await loaders.requestById.load(id)),
  },
  Client: {
    // With the fields of the record that `@requires` names.
    __resolveReference: (reference) => reference,
    referralRequests: async ({ id }, _args, { loaders, care }) =>
      readableRows(care, await loaders.requestsByClient.load(id)),
    openReferralCount: ({ id }, _args, { loaders }) => loaders.openReferralsByClient.load(id),
  },
  Need: {
    __resolveReference: async ({ id }, { loaders }) => (await loaders.needById.load(id)) ?? { id },
    referralRequests: async ({ id }, _args, { loaders, care }) =>
      readableRows(care, await loaders.requestsByNeed.load(id)),
  },
  Goal: {
    __resolveReference: ({ id, need }) => ({ id, need: need ?? null }),
    referrals: async ({ need }, _args, { loaders, care }) => {
      if (!need) return null;
      const requests = await readableRows(care, await loaders.requestsByNeed.load(need.id));
      const referrals = await Promise.all(requests.map(({ id }) => loaders.referralsByRequest.load(id)));
      return referrals.flat();
    },
  },
  ReferralRequest: {
    __resolveReference: async ({ id }, { loaders, care }) =>
      readable(care, await loaders.requestById.load(id)),
    client: ({ clientId }) => ({ id: clientId }),
    need: ({ needId }) => (needId ? { id: needId } : null),
    recommendation: ({ recommendationId }) => (recommendationId ? { id: recommendationId } : null),
    choices: ({ choices, clientId }) => choices.map((choice) => ({ ...choice, clientId })),
    referrals: ({ id }, _args, { loaders }) => loaders.referralsByRequest.load(id),
  },
  ClientChoice: {
    declinedOptions: ({ declinedOptions, clientId }) =>
      declinedOptions.map((option) => ({ ...option, clientId })),
    service: ({ serviceId }, _args, { loaders }) => loaders.serviceById.load(serviceId) as never,
  },
  DeclinedOption: {
    service: ({ serviceId }, _args, { loaders }) => loaders.serviceById.load(serviceId) as never,
  },
};
