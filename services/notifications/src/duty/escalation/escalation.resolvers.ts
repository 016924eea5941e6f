import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  NotificationEscalation: {
    nextAt: ({ acknowledgedAt, nextAt }) => (acknowledgedAt ? null : nextAt),
    chain: ({ told }) => told.map((id) => ({ id })),
  },
};
