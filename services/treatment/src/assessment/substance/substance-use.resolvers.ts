import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordSubstanceUse } from './substance-use.commands.ts';
import { latestOf } from './substance-use.ts';

const MOST = 100;

export const resolvers: Resolvers = {
  Mutation: { recordSubstanceUse: act(recordSubstanceUse) },
  Client: {
    substanceUse: async ({ id }, { latestOnly }, { loaders }) => {
      const entries = await loaders.substanceUseByClient.load(id.toLowerCase());
      return (latestOnly ? latestOf(entries) : entries).slice(0, MOST);
    },
  },
  SubstanceUseEntry: {
    __resolveReference: byId('substanceUseById'),
    client: ({ clientId }) => ({ id: clientId }),
    labels: () => ['HEALTH', 'SUD'],
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
  },
};
