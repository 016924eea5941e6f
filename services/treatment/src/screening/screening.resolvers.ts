import { typeOf } from '@throughline/graphql';
import { answerAccess } from '../client/access.ts';
import { readable } from '../client/readable.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/graphql.ts';
import { recordScreening } from './screening.commands.ts';
import type { Screening } from './screening.ts';

const find = async (context: Context, id: string): Promise<Screening | null> =>
  readable(context, await context.loaders.screeningById.load(id));

const accessToAnswers = async ({ clientId }: Screening, { loaders, viewer }: Context) =>
  answerAccess(viewer, await loaders.careTeam.load(clientId));

export const resolvers: Resolvers = {
  Query: { screening: (_root, { id }, context) => find(context, id) },
  Mutation: { recordScreening: (_root, { input }, context) => recordScreening(context, input) },
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
