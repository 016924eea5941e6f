import { act, byId, connection, readPage } from '@throughline/graphql';
import { nameOfLevel } from '../../assessment/level-of-care/edition.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './recommendation.commands.ts';

export const resolvers: Resolvers = {
  Mutation: {
    recommendServices: act(commands.recommendServices),
    chooseService: act(commands.chooseService),
  },
  Client: {
    recommendations: async ({ id }, args, { loaders }) => {
      const page = readPage(args, 'recommendations');
      const rows = await loaders.recommendationPage.load({ ...page, clientId: id.toLowerCase() });
      return connection(rows, page, (row) => [row.recommendedAt, row.id]);
    },
  },
  TreatmentRecommendation: {
    __resolveReference: byId('recommendationById'),
    client: ({ clientId }) => ({ id: clientId }),
    need: ({ needId }) => (needId ? { id: needId } : null),
    locAssessment: ({ locAssessmentId }, _args, { loaders }) =>
      locAssessmentId ? loaders.locAssessmentById.load(locAssessmentId) : null,
    levelOfCare: ({ levelOfCare: code, asamEdition: edition }) =>
      code && edition ? { code, edition, name: nameOfLevel(code, edition) ?? code } : null,
    chosen: ({ options, chosenServiceId }) =>
      options.find(({ serviceId }) => serviceId === chosenServiceId) ?? null,
    decidedBy: ({ decidedBy }) => (decidedBy ? { id: decidedBy } : null),
    recommendedBy: ({ recommendedBy }) => ({ id: recommendedBy }),
  },
  RecommendedService: { service: ({ serviceId }) => ({ id: serviceId }) },
  DeclinedRecommendation: { service: ({ serviceId }) => ({ id: serviceId }) },
};
