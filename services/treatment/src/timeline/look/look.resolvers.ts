import { act, sealCursor } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { hiddenOf } from '../timeline/hidden.ts';
import { newsOf, recordLook } from './look.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { recordLook: act(recordLook) },
  Client: {
    sinceYouLastLooked: async ({ id }, _args, { loaders, care, now }) => {
      const clientId = id.toLowerCase();
      const hidden = await hiddenOf(care, clientId);
      const at = now();
      const news = await loaders.newsOfClient.load({ clientId, ...hidden });
      return {
        lookedAt: news.lookedAt,
        total: news.groups.reduce((sum, { count }) => sum + count, 0),
        groups: news.groups,
        position: sealCursor(newsOf(clientId), [at.toISOString(), news.seen]),
      };
    },
  },
  NewsGroup: {
    latest: async ({ latest }, _args, { loaders }) => {
      const entries = await loaders.timelineEntryById.loadMany(latest);
      return entries.flatMap((entry) => (entry === null || entry instanceof Error ? [] : [entry]));
    },
  },
};
