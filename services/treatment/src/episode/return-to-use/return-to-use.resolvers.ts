import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordReturnToUse } from './return-to-use.commands.ts';

export const resolvers: Resolvers = {
  Mutation: { recordReturnToUse: act(recordReturnToUse) },
  Episode: { returnsToUse: ({ id }, _args, { loaders }) => loaders.returnsToUseByEpisode.load(id) },
  ReturnToUse: {
    __resolveReference: byId('returnToUseById'),
    client: ({ clientId }) => ({ id: clientId }),
    episode: ({ episodeId }, _args, { loaders }) => loaders.episodeById.load(episodeId),
    severity: ({ severity }) => severity as never,
    source: ({ source }) => source as never,
    safetyActions: ({ safetyActions }) => [...safetyActions] as never,
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
  },
};
