import { mayReadDirectory } from '../agency/directory-reader.ts';
import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  Query: {
    location: (_root, { id }, { viewer, loaders }) =>
      mayReadDirectory(viewer) ? loaders.locationById.load(id) : null,
  },
  Location: {
    __resolveReference: ({ id }, { viewer, loaders }) =>
      mayReadDirectory(viewer) ? loaders.locationById.load(id) : null,
    addresses: ({ id }, _args, { loaders }) => loaders.addressesByLocation.load(id),
    accessibility: async ({ id }, _args, { loaders }) =>
      (await loaders.accessibilityByLocation.load(id)).map(({ text }) => text),
    phones: ({ id }, _args, { loaders }) => loaders.phonesByLocation.load(id),
  },
};
