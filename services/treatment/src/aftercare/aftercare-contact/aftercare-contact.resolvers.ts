import { byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { isEnteredLate } from './aftercare-contact.ts';

export const resolvers: Resolvers = {
  Client: {
    aftercareContacts: async ({ id }, { statuses }, { loaders }) => {
      const all = await loaders.aftercareContactsByClient.load(id.toLowerCase());
      return statuses ? all.filter(({ status }) => statuses.includes(status)) : all;
    },
  },
  Stay: { contacts: ({ id }, _args, { loaders }) => loaders.aftercareContactsBySource.load(id) },
  AftercareContact: {
    __resolveReference: byId('aftercareContactById'),
    client: ({ clientId }) => ({ id: clientId }),
    stay: ({ sourceType, sourceId }, _args, { loaders }) =>
      sourceType === 'Stay' ? loaders.stayById.load(sourceId) : null,
    episode: ({ episodeId }, _args, { loaders }) => loaders.episodeById.load(episodeId),
    metBy: ({ metById }) => (metById ? { id: metById } : null),
    enteredLate: isEnteredLate,
    history: ({ id }, _args, { loaders }) => loaders.aftercareContactChanges.load(id),
  },
};
