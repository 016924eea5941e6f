import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { completeNextStep } from './next-step.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { completeNextStep: act(completeNextStep) },
  Client: {
    nextSteps: ({ id }, _args, { loaders }) => loaders.nextStepsByClient.load(id.toLowerCase()),
  },
  NextStep: {
    __resolveReference: async ({ id }, { loaders }) => {
      const step = await loaders.nextStepById.load(id);
      return step?.status === 'JOINED' ? null : step;
    },
    client: ({ clientId }) => ({ id: clientId }),
    due: ({ dueAt }) => dueAt,
    isOverdue: ({ dueAt, status }, _args, { now }) => status === 'OPEN' && dueAt < now(),
    owner: ({ ownerId }) => (ownerId ? { id: ownerId } : null),
    closedBy: ({ closedBy }) => (closedBy ? { id: closedBy } : null),
    screening: ({ sourceType, sourceId }, _args, { loaders }) =>
      sourceType === 'Screening' ? loaders.screeningById.load(sourceId) : null,
  },
};
