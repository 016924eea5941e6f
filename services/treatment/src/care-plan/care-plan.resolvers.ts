import { typeOf } from '@throughline/graphql';
import { readable } from '../client/readable.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/graphql.ts';
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
  OpenCarePlanResult: { __resolveType },
  ActivateCarePlanResult: { __resolveType },
  CarePlan: {
    __resolveReference: ({ id }, context) => find(context, id),
    client: ({ clientId }) => ({ id: clientId }),
    caseFile: ({ caseId }) => ({ id: caseId }),
    goals: ({ id }, _args, { loaders }) => loaders.goalsByCarePlan.load(id),
  },
};
