import { act, roleForbidden } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { describeAgency } from './agency.commands.ts';
import { listAgencies } from './agency.lists.ts';
import { mayReceive, withPublished } from './agency.ts';
import { mayReadDirectory } from './directory-reader.ts';

export const resolvers: Resolvers = {
  Query: {
    agency: (_root, { id }, { viewer, loaders }) =>
      mayReadDirectory(viewer) ? loaders.agencyById.load(id) : null,
    agencies: (_root, { filter, ...page }, { viewer, db }) => {
      if (!mayReadDirectory(viewer)) throw roleForbidden();
      return listAgencies(db, filter ?? {}, page);
    },
  },
  Mutation: { describeAgency: act(describeAgency) },
  Agency: {
    __resolveReference: ({ id }, { viewer, loaders }) =>
      mayReadDirectory(viewer) ? loaders.agencyById.load(id) : null,
    hasAgreement: (agency, _args, { now }) => mayReceive(agency, now()),
    services: ({ id }, _args, { loaders }) => loaders.servicesByAgency.load(id),
    phones: ({ id }, _args, { loaders }) => loaders.phonesByAgency.load(id),
    addresses: ({ id }, _args, { loaders }) => loaders.addressesByAgency.load(id),
    webLinks: async ({ id, additionalLinks }, _args, { loaders }) =>
      withPublished(await loaders.webLinksByAgency.load(id), additionalLinks),
  },
};
