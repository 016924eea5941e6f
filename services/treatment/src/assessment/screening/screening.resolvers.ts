import { connection, readPage, typeOf } from '@throughline/graphql';
import { answerAccess, clinicalAccess, timelineAccess } from '../access/clinical-access.ts';
import { mayRead, readable } from '../access/readable.ts';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordScreening } from './screening.commands.ts';
import type { Screening } from './screening.ts';

const find = async (context: Context, id: string): Promise<Screening | null> =>
  readable(context, await context.loaders.screeningById.load(id));

const accessToAnswers = async ({ clientId }: Screening, { loaders, viewer }: Context) =>
  answerAccess(viewer, await loaders.careTeam.load(clientId));

const clinicalFields = ['episodes', 'currentEpisode', 'carePlan', 'screenings', 'openSafetyFlags'];

export const resolvers: Resolvers = {
  Query: { screening: (_root, { id }, context) => find(context, id) },
  Mutation: { recordScreening: (_root, { input }, context) => recordScreening(context, input) },
  Client: {
    __resolveReference: ({ id }) => ({ id }),
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
  RecordScreeningResult: { __resolveType: typeOf('Screening') as never },
  Screening: {
    __resolveReference: ({ id }, context) => find(context, id),
    client: ({ clientId }) => ({ id: clientId }),
    administeredBy: ({ administeredBy }) => ({ id: administeredBy }),
    answers: async (screening, _args, context) =>
      (await accessToAnswers(screening, context)) === 'OK' ? screening.answers : null,
    supersedes: ({ supersedes }, _args, context) => (supersedes ? find(context, supersedes) : null),
    supersededBy: async ({ id }, _args, context) =>
      readable(context, await context.loaders.correctionOf.load(id)),
    access: async (screening, _args, context) => {
      const reason = await accessToAnswers(screening, context);
      return [{ field: 'answers', allowed: reason === 'OK', reason }];
    },
  },
  SafetyFlag: { screening: ({ screeningId }, _args, context) => find(context, screeningId) },
};
