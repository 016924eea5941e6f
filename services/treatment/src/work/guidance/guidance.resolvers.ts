import { act, byId, connection, readPage } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordGuidance } from './guidance.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { recordGuidance: act(recordGuidance) },
  Client: {
    guidance: async ({ id }, args, { loaders }) => {
      const page = readPage(args, 'guidance');
      const rows = await loaders.guidancePage.load({ ...page, clientId: id.toLowerCase() });
      return connection(rows, page, (row) => [row.recordedAt, row.id]);
    },
  },
  GuidanceActivity: {
    __resolveReference: byId('guidanceById'),
    client: ({ clientId }) => ({ id: clientId }),
    goal: ({ goalId }, _args, { loaders }) => (goalId ? loaders.goalById.load(goalId) : null),
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
  },
};
