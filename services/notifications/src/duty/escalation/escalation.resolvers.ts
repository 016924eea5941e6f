import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { acknowledgeNotification } from './escalation.commands.ts';

export const resolvers: Resolvers = {
  Mutation: {
    acknowledgeNotification: act(acknowledgeNotification),
  },
  Notification: {
    escalation: ({ escalationId }, _args, { loaders }) =>
      escalationId ? loaders.escalationById.load(escalationId) : null,
  },
  NotificationEscalation: {
    nextAt: ({ acknowledgedAt, nextAt }) => (acknowledgedAt ? null : nextAt),
    chain: ({ told }) => told.map((id) => ({ id })),
  },
};
