import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { decideRiskTier, setRiskTier } from './risk.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { setRiskTier: act(setRiskTier), decideRiskTier: act(decideRiskTier) },
  Client: {
    risk: async ({ id }, _args, { loaders }) => {
      const [risk] = await loaders.riskByClient.load(id.toLowerCase());
      return risk && risk.version > 0 ? risk : null;
    },
  },
  RiskStratification: {
    __resolveReference: byId('riskById'),
    client: ({ clientId }) => ({ id: clientId }),
    history: ({ id }, _args, { loaders }) => loaders.changesOfRisk.load(id),
  },
  RiskDriver: { until: ({ until }) => until && new Date(until) },
  RiskOverride: {
    by: ({ by }) => ({ id: by }),
    at: ({ at }) => new Date(at),
    approvedBy: ({ approvedBy }) => (approvedBy ? { id: approvedBy } : null),
  },
  RiskProposal: { by: ({ by }) => ({ id: by }), at: ({ at }) => new Date(at) },
  RiskChange: { setBy: ({ setBy }) => (setBy ? { id: setBy } : null) },
};
