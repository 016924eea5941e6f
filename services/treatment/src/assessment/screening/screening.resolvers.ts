import { act, byId, connection, readPage } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { findCurrent } from '../instrument/instrument.entity.ts';
import { recordScreening, signScreening } from './screening.commands.ts';
import { waitsFor } from './signing.ts';
import { changeOf } from './trend.ts';

export const resolvers: Resolvers = {
  Query: { screening: (_root, { id }, { loaders }) => loaders.screeningById.load(id) },
  Mutation: { recordScreening: act(recordScreening), signScreening: act(signScreening) },
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
    screeningTrend: async ({ id }, { instrument: code }, { db, loaders }) => {
      const points = await loaders.trendPoints.load({ clientId: id.toLowerCase(), instrument: code });
      const instrument = points.length > 0 ? await findCurrent(db.manager, code) : null;
      return instrument && { instrument: code, points, change: changeOf(instrument, points) };
    },
    openSafetyFlags: ({ id }, _args, { loaders }) => loaders.openFlagsByClient.load(id.toLowerCase()),
  },
  Screening: {
    __resolveReference: byId('screeningById'),
    client: ({ clientId }) => ({ id: clientId }),
    administeredBy: ({ administeredBy }) => ({ id: administeredBy }),
    signingWaitsFor: async (screening, _args, { loaders }) =>
      screening.signedAt
        ? null
        : waitsFor(screening, await loaders.safetyScreensByClient.load(screening.clientId)),
    supersedes: ({ supersedes }, _args, { loaders }) =>
      supersedes ? loaders.screeningById.load(supersedes) : null,
    supersededBy: ({ id }, _args, { loaders }) => loaders.correctionOf.load(id),
  },
  ScreeningTrendPoint: {
    screening: ({ screeningId }, _args, { loaders }) => loaders.screeningById.load(screeningId),
  },
  SafetyFlag: { screening: ({ screeningId }, _args, { loaders }) => loaders.screeningById.load(screeningId) },
};
