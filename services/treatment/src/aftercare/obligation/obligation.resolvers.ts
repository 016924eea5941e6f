import { byId } from '@throughline/graphql';
import { dayIn } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { labelOf, ruleOf } from './kinds.ts';

export const resolvers: Resolvers = {
  Client: {
    followUpObligations: async ({ id }, { statuses }, { loaders }) => {
      const all = await loaders.obligationsByClient.load(id.toLowerCase());
      return statuses ? all.filter(({ status }) => statuses.includes(status)) : all;
    },
  },
  Stay: { obligations: ({ id }, _args, { loaders }) => loaders.obligationsBySource.load(id) },
  FollowUpObligation: {
    __resolveReference: byId('obligationById'),
    client: ({ clientId }) => ({ id: clientId }),
    label: ({ kind }) => labelOf(kind),
    stay: ({ sourceType, sourceId }, _args, { loaders }) =>
      sourceType === 'Stay' ? loaders.stayById.load(sourceId) : null,
    visit: ({ sourceType, sourceId }, _args, { loaders }) =>
      sourceType === 'Visit' ? loaders.visitById.load(sourceId) : null,
    episode: ({ episodeId }, _args, { loaders }) => (episodeId ? loaders.episodeById.load(episodeId) : null),
    countsDayZero: ({ kind }) => ruleOf(kind).opensAfter === 0,
    enteredLate: ({ recordedAt, dueAt }) => recordedAt >= dueAt,
    satisfiedBy: ({ satisfiedBy }, _args, { timeZone }) =>
      satisfiedBy.map(({ type, id, at }) => ({ type, id, on: dayIn(timeZone, new Date(at)) })),
    history: ({ id }, _args, { loaders }) => loaders.obligationChanges.load(id),
  },
};
