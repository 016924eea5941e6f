import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  CrisisInstead: { crisis: ({ crisisId }) => (crisisId ? { id: crisisId } : null) },
};
