import type { Resolvers } from '../../generated/graphql.ts';
import { findClients, findOthers } from './search-clients.ts';

export const resolvers: Resolvers = {
  Query: { clients: (_root, args, context) => findClients(context, args) },
  ClientConnection: { others: ({ question }, args, context) => findOthers(context, question, args) },
  OtherClient: {
    name: ({ legalName, nameToUse }) => ({ legal: legalName, nameToUse: nameToUse ?? legalName }),
    worker: ({ workerId }, _args, { loaders }) => (workerId ? loaders.staffMemberById.load(workerId) : null),
  },
};
