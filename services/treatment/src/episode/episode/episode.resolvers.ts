import { act, byId } from '@throughline/graphql';
import { isActive } from '../../assessment/diagnosis/diagnosis.ts';
import { inForceAt } from '../../assessment/level-of-care/loc-assessment.ts';
import { latestOf } from '../../assessment/substance/substance-use.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { changeEpisodePhase, endEpisode, startEpisode } from './episode.commands.ts';
import { phasesAfter, stageOf } from './episode.ts';

export const resolvers: Resolvers = {
  Query: { episode: (_root, { id }, { loaders }) => loaders.episodeById.load(id) },
  Mutation: {
    startEpisode: act(startEpisode),
    changeEpisodePhase: act(changeEpisodePhase),
    endEpisode: act(endEpisode),
  },
  Client: {
    episodes: ({ id }, _args, { loaders }) => loaders.episodesByClient.load(id),
    currentEpisode: async ({ id }, _args, { loaders }) => {
      const episodes = await loaders.episodesByClient.load(id);
      return episodes.find(({ endedAt }) => endedAt === null) ?? null;
    },
  },
  Episode: {
    __resolveReference: byId('episodeById'),
    client: ({ clientId }) => ({ id: clientId }),
    caseFile: ({ caseId }) => ({ id: caseId }),
    diagnoses: async ({ clientId }, _args, { loaders }) =>
      (await loaders.diagnosesByClient.load(clientId)).filter(isActive),
    medications: async ({ clientId }, _args, { loaders }) =>
      (await loaders.medicationsByClient.load(clientId)).filter(({ endedOn }) => !endedOn),
    substanceUse: async ({ clientId }, _args, { loaders }) =>
      latestOf(await loaders.substanceUseByClient.load(clientId)),
    locAssessment: async ({ clientId, endedAt }, _args, { loaders, now }) =>
      inForceAt(await loaders.locAssessmentsByClient.load(clientId), endedAt ?? now()),
    stage: ({ phase }) => stageOf(phase),
    allowedPhases: ({ phase }) => phasesAfter(phase),
  },
};
