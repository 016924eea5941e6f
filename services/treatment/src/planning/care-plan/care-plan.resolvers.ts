import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { activateCarePlan, openCarePlan } from './care-plan.commands.ts';

export const resolvers: Resolvers = {
  Query: { carePlan: (_root, { id }, { loaders }) => loaders.carePlanById.load(id) },
  Mutation: {
    openCarePlan: act(openCarePlan),
    activateCarePlan: act(activateCarePlan),
  },
  Client: {
    carePlan: async ({ id }, _args, { loaders }) => {
      const [latest] = await loaders.carePlansByClient.load(id);
      return latest ?? null;
    },
  },
  CaseFile: {
    __resolveReference: ({ id }) => ({ id }),
    carePlan: async ({ id }, _args, { loaders }) => {
      const [latest] = await loaders.carePlansByCase.load(id);
      return latest ?? null;
    },
  },
  CarePlan: {
    __resolveReference: byId('carePlanById'),
    client: ({ clientId }) => ({ id: clientId }),
    caseFile: ({ caseId }) => ({ id: caseId }),
    goals: ({ id }, _args, { loaders }) => loaders.goalsByCarePlan.load(id),
  },
};
