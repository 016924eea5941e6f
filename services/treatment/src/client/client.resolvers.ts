import { connection, readPage } from '@throughline/graphql';
import type { Resolvers } from '../generated/graphql.ts';
import { clinicalAccess, timelineAccess } from './access.ts';
import { mayRead } from './readable.ts';

const clinicalFields = ['episodes', 'currentEpisode', 'carePlan', 'screenings', 'openSafetyFlags'];

export const resolvers: Resolvers = {
  Client: {
    __resolveReference: ({ id }) => ({ id }),
    episodes: async ({ id }, _args, context) =>
      (await mayRead(context, id)) ? context.loaders.episodesByClient.load(id) : null,
    currentEpisode: async ({ id }, _args, context) => {
      if (!(await mayRead(context, id))) return null;
      const episodes = await context.loaders.episodesByClient.load(id);
      return episodes.find(({ endedAt }) => endedAt === null) ?? null;
    },
    carePlan: async ({ id }, _args, context) => {
      if (!(await mayRead(context, id))) return null;
      const [latest] = await context.loaders.carePlansByClient.load(id);
      return latest ?? null;
    },
    screenings: async ({ id }, { instrument = null, ...args }, context) => {
      const page = readPage(args, ['day', 'uuid']);
      if (!(await mayRead(context, id))) return null;
      const rows = await context.loaders.screeningPage.load({
        clientId: id.toLowerCase(),
        instrument,
        limit: page.first + 1,
        after: page.after,
      });
      return connection(rows, page, (row) => [row.administeredOn, row.id]);
    },
    openSafetyFlags: async ({ id }, _args, context) =>
      (await mayRead(context, id)) ? context.loaders.openFlagsByClient.load(id.toLowerCase()) : null,
    treatmentAccess: async ({ id }, _args, { loaders, viewer }) => {
      const team = await loaders.careTeam.load(id);
      const clinical = clinicalAccess(viewer, team);
      const timeline = timelineAccess(viewer, team);
      return [
        ...clinicalFields.map((field) => ({ field, allowed: clinical === 'OK', reason: clinical })),
        { field: 'timeline', allowed: timeline === 'OK', reason: timeline },
      ];
    },
  },
};
