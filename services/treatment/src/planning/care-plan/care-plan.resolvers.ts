import { typeOf } from '@throughline/graphql';
import { mayRead, readable } from '../../assessment/access/readable.ts';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { activateCarePlan, openCarePlan } from './care-plan.commands.ts';

const find = async (context: Context, id: string) =>
  readable(context, await context.loaders.carePlanById.load(id));

const __resolveType = typeOf('CarePlan') as never;

export const resolvers: Resolvers = {
  Query: { carePlan: (_root, { id }, context) => find(context, id) },
  Mutation: {
    openCarePlan: (_root, { input }, context) => openCarePlan(context, input),
    activateCarePlan: (_root, { input }, context) => activateCarePlan(context, input),
  },
  Client: {
    carePlan: async ({ id }, _args, context) => {
      if (!(await mayRead(context, id))) return null;
      const [latest] = await context.loaders.carePlansByClient.load(id);
      return latest ?? null;
    },
  },
  CaseFile: {
    __resolveReference: ({ id }) => ({ id }),
    carePlan: async ({ id }, _args, context) => {
      const [latest] = await context.loaders.carePlansByCase.load(id);
      return readable(context, latest);
    },
  },
  OpenCarePlanResult: { __resolveType },
  ActivateCarePlanResult: { __resolveType },
  CarePlan: {
    __resolveReference: ({ id }, context) => find(context, id),
    client: ({ clientId }) => ({ id: clientId }),
    caseFile: ({ caseId }) => ({ id: caseId }),
    goals: ({ id }, _args, { loaders }) => loaders.goalsByCarePlan.load(id),
  },
};
