import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { addSupportPerson, endSupportPerson, updateSupportPerson } from './support.commands.ts';

export const resolvers: Resolvers = {
  Mutation: {
    addSupportPerson: act(addSupportPerson),
    updateSupportPerson: act(updateSupportPerson),
    endSupportPerson: act(endSupportPerson),
  },
  Client: {
    supportPersons: async ({ id }, { includeEnded }, { loaders }) => {
      const people = await loaders.supportByClient.load(id);
      return includeEnded ? people : people.filter(({ endedAt }) => endedAt === null);
    },
  },
  SupportPerson: {
    __resolveReference: byId('supportById'),
    client: ({ clientId }, _args, { loaders }) => loaders.clientById.load(clientId),
    consent: ({ consentId }, _args, { loaders }) => (consentId ? loaders.consentById.load(consentId) : null),
    mayReceiveInfo: async ({ consentId, isRestricted, endedAt }, _args, { loaders }) => {
      if (!consentId || isRestricted || endedAt) return false;
      return (await loaders.consentById.load(consentId))?.status === 'ACTIVE';
    },
  },
};
