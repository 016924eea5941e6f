import { act, byId, connection, readPage } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './advice.commands.ts';

export const resolvers: Resolvers = {
  Mutation: {
    giveAdvice: act(commands.giveAdvice),
    answerAdvice: act(commands.answerAdvice),
    recordTeachBack: act(commands.recordTeachBack),
    followUpAdvice: act(commands.followUpAdvice),
  },
  Client: {
    advice: async ({ id }, args, { loaders }) => {
      const page = readPage(args, 'advice');
      const rows = await loaders.advicePage.load({ ...page, clientId: id.toLowerCase() });
      return connection(rows, page, (row) => [row.givenAt, row.id]);
    },
  },
  Advice: {
    __resolveReference: byId('adviceById'),
    client: ({ clientId }) => ({ id: clientId }),
    goal: ({ goalId }, _args, { loaders }) => (goalId ? loaders.goalById.load(goalId) : null),
    clinician: ({ clinicianId }) => (clinicianId ? { id: clinicianId } : null),
    givenBy: ({ givenBy }) => ({ id: givenBy }),
  },
};
