import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import type { Context } from '../../context.ts';
import { inForceAt } from '../../assessment/level-of-care/loc-assessment.ts';
import * as commands from './stay.commands.ts';
import { isRecommended, type Stay } from './stay.ts';

/** A stay is compared with what was recommended while it lasted. */
const assessmentOf = async ({ clientId, endedAt }: Stay, { loaders, now }: Context) =>
  inForceAt(await loaders.locAssessmentsByClient.load(clientId), endedAt ?? now());

export const resolvers: Resolvers = {
  Query: { stay: (_root, { id }, { loaders }) => loaders.stayById.load(id) },
  Mutation: {
    admitStay: act(commands.admitStay),
    dischargeStay: act(commands.dischargeStay),
    correctDischarge: act(commands.correctDischarge),
  },
  Episode: { stays: ({ id }, _args, { loaders }) => loaders.staysByEpisode.load(id) },
  Stay: {
    __resolveReference: byId('stayById'),
    client: ({ clientId }) => ({ id: clientId }),
    episode: ({ episodeId }, _args, { loaders }) => loaders.episodeById.load(episodeId),
    locAssessment: (stay, _args, context) => assessmentOf(stay, context),
    isRecommendedLevel: async (stay, _args, context) => {
      const assessment = await assessmentOf(stay, context);
      return assessment ? isRecommended(stay, assessment) : null;
    },
    readmissionOf: ({ readmissionOfId }, _args, { loaders }) =>
      readmissionOfId ? loaders.stayById.load(readmissionOfId) : null,
    dischargeCorrections: ({ id }, _args, { loaders }) => loaders.dischargeCorrections.load(id),
  },
  DischargeCorrection: { by: ({ by }) => ({ id: by }) },
};
