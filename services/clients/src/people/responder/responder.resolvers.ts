import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  Client: { crisisAccess: ({ id }, _args, { loaders }) => loaders.respondersByClient.load(id) },
  CrisisAccess: { staff: ({ staffId }, _args, { loaders }) => loaders.staffMemberById.load(staffId) },
};
