import { typeOf } from '@throughline/graphql';
import { mayRead, readable } from '../../assessment/access/readable.ts';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { changeEpisodePhase, endEpisode, startEpisode } from './episode.commands.ts';
import { phasesAfter, stageOf } from './episode.ts';

const find = async (context: Context, id: string) =>
  readable(context, await context.loaders.episodeById.load(id));

const __resolveType = typeOf('Episode') as never;

export const resolvers: Resolvers = {
  Query: { episode: (_root, { id }, context) => find(context, id) },
  Mutation: {
    startEpisode: (_root, { input }, context) => startEpisode(context, input),
    changeEpisodePhase: (_root, { input }, context) => changeEpisodePhase(context, input),
    endEpisode: (_root, { input }, context) => endEpisode(context, input),
  },
  Client: {
    episodes: async ({ id }, _args, context) =>
      (await mayRead(context, id)) ? context.loaders.episodesByClient.load(id) : null,
    currentEpisode: async ({ id }, _args, context) => {
      if (!(await mayRead(context, id))) return null;
      const episodes = await context.loaders.episodesByClient.load(id);
      return episodes.find(({ endedAt }) => endedAt === null) ?? null;
    },
  },
  StartEpisodeResult: { __resolveType },
  ChangeEpisodePhaseResult: { __resolveType },
  EndEpisodeResult: { __resolveType },
  Episode: {
    __resolveReference: ({ id }, context) => find(context, id),
    client: ({ clientId }) => ({ id: clientId }),
    caseFile: ({ caseId }) => ({ id: caseId }),
    stage: ({ phase }) => stageOf(phase),
    allowedPhases: ({ phase }) => phasesAfter(phase),
  },
};
