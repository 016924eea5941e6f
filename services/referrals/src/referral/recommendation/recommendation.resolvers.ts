import type { Resolvers } from '../../generated/graphql.ts';
import { readableRows } from '../referral/referral-access.ts';

export const resolvers: Resolvers = {
  TreatmentRecommendation: {
    __resolveReference: async ({ id }, { loaders }) => (await loaders.choiceById.load(id)) ?? { id },
    // Without a request it looks like the recommendation of another client: requests say whose it is.
    referralRequests: async ({ id }, _args, { loaders, care }) => {
      const rows = await readableRows(care, await loaders.requestsByRecommendation.load(id));
      return rows.length > 0 ? rows : null;
    },
  },
};
