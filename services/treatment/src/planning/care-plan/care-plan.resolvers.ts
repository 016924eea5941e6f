import { typeOf } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { activateCarePlan, openCarePlan } from './care-plan.commands.ts';

const __resolveType = typeOf('CarePlan') as never;

export const resolvers: Resolvers = {
  Query: { carePlan: (_root, { id }, { loaders }) => loaders.carePlanById.load(id) },
  Mutation: {
    openCarePlan: (_root, { input }, context) => openCarePlan(context, input),
    activateCarePlan: (_root, { input }, context) => activateCarePlan(context, input),
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
  OpenCarePlanResult: { __resolveType },
  ActivateCarePlanResult: { __resolveType },
  CarePlan: {
    __resolveReference: ({ id }, { loaders }) => loaders.carePlanById.load(id),
    client: ({ clientId }) => ({ id: clientId }),
    caseFile: ({ caseId }) => ({ id: caseId }),
    goals: ({ id }, _args, { loaders }) => loaders.goalsByCarePlan.load(id),
  },
};
