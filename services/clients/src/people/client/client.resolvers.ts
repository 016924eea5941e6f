import { act } from '@throughline/graphql';
import { momentOf } from '@throughline/privacy';
import type { Resolvers } from '../../generated/graphql.ts';
import { setDisclosureRestriction, updateClient } from './client.commands.ts';
import { ageBandOf } from './client.ts';
import { findClients } from './find-clients.ts';

export const resolvers: Resolvers = {
  Query: {
    client: (_root, { id }, { loaders }) => loaders.clientById.load(id),
    clients: (_root, args, context) => findClients(context, args),
  },
  Mutation: { updateClient: act(updateClient), setDisclosureRestriction: act(setDisclosureRestriction) },
  Client: {
    __resolveReference: ({ id }, { loaders }) => loaders.clientById.load(id),
    name: ({ legalName, nameToUse }) => ({ legal: legalName, nameToUse: nameToUse ?? legalName }),
    ageBand: (client, _args, context) => ageBandOf(client, momentOf(context)),
    livingSituation: ({ livingSituation, livingSituationAsOf }) =>
      livingSituation && livingSituationAsOf ? { code: livingSituation, asOf: livingSituationAsOf } : null,
  },
};
