import { typeOf } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { changeEpisodePhase, endEpisode, startEpisode } from './episode.commands.ts';
import { phasesAfter, stageOf } from './episode.ts';

const __resolveType = typeOf('Episode') as never;

export const resolvers: Resolvers = {
  Query: { episode: (_root, { id }, { loaders }) => loaders.episodeById.load(id) },
  Mutation: {
    startEpisode: (_root, { input }, context) => startEpisode(context, input),
    changeEpisodePhase: (_root, { input }, context) => changeEpisodePhase(context, input),
    endEpisode: (_root, { input }, context) => endEpisode(context, input),
  },
  Client: {
    episodes: ({ id }, _args, { loaders }) => loaders.episodesByClient.load(id),
    currentEpisode: async ({ id }, _args, { loaders }) => {
      const episodes = await loaders.episodesByClient.load(id);
      return episodes.find(({ endedAt }) => endedAt === null) ?? null;
    },
  },
  StartEpisodeResult: { __resolveType },
  ChangeEpisodePhaseResult: { __resolveType },
  EndEpisodeResult: { __resolveType },
  Episode: {
    __resolveReference: ({ id }, { loaders }) => loaders.episodeById.load(id),
    client: ({ clientId }) => ({ id: clientId }),
    caseFile: ({ caseId }) => ({ id: caseId }),
    stage: ({ phase }) => stageOf(phase),
    allowedPhases: ({ phase }) => phasesAfter(phase),
  },
};
