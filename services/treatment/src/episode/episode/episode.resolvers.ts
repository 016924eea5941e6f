import { act, byId } from '@throughline/graphql';
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
    stage: ({ phase }) => stageOf(phase),
    allowedPhases: ({ phase }) => phasesAfter(phase),
  },
};
