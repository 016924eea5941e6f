import { act, byId, connection, readPage } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordScreening } from './screening.commands.ts';

export const resolvers: Resolvers = {
  Query: { screening: (_root, { id }, { loaders }) => loaders.screeningById.load(id) },
  Mutation: { recordScreening: act(recordScreening) },
  Client: {
    __resolveReference: ({ id }) => ({ id }),
    screenings: async ({ id }, { instrument = null, ...args }, { loaders }) => {
      const page = readPage(args, 'screenings');
      const rows = await loaders.screeningPage.load({
        clientId: id.toLowerCase(),
        instrument,
        limit: page.first + 1,
        after: page.after,
      });
      return connection(rows, page, (row) => [row.administeredOn, row.id]);
    },
    openSafetyFlags: ({ id }, _args, { loaders }) => loaders.openFlagsByClient.load(id.toLowerCase()),
  },
  Screening: {
    __resolveReference: byId('screeningById'),
    client: ({ clientId }) => ({ id: clientId }),
    administeredBy: ({ administeredBy }) => ({ id: administeredBy }),
    supersedes: ({ supersedes }, _args, { loaders }) =>
      supersedes ? loaders.screeningById.load(supersedes) : null,
    supersededBy: ({ id }, _args, { loaders }) => loaders.correctionOf.load(id),
  },
  SafetyFlag: { screening: ({ screeningId }, _args, { loaders }) => loaders.screeningById.load(screeningId) },
};
