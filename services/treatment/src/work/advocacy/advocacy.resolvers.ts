import { act, byId, connection, readPage } from '@throughline/graphql';
import { dayIsOver } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { openAdvocacy, resolveAdvocacy } from './advocacy.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { openAdvocacy: act(openAdvocacy), resolveAdvocacy: act(resolveAdvocacy) },
  Client: {
    advocacy: async ({ id }, args, { loaders }) => {
      const page = readPage(args, 'advocacy');
      const rows = await loaders.advocacyPage.load({ ...page, clientId: id.toLowerCase() });
      return connection(rows, page, (row) => [row.openedAt, row.id]);
    },
  },
  AdvocacyAction: {
    __resolveReference: byId('advocacyById'),
    client: ({ clientId }) => ({ id: clientId }),
    goal: ({ goalId }, _args, { loaders }) => (goalId ? loaders.goalById.load(goalId) : null),
    openedBy: ({ openedBy }) => ({ id: openedBy }),
    appealOf: ({ appealOfId }, _args, { loaders }) =>
      appealOfId ? loaders.advocacyById.load(appealOfId) : null,
    isOverdue: ({ status, deadline }, _args, { now, timeZone }) =>
      status === 'OPEN' && deadline !== null && dayIsOver(deadline, { now: now(), timeZone }),
  },
};
