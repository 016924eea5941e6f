import { typeOf } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { acknowledgeNotification } from './escalation.commands.ts';

export const resolvers: Resolvers = {
  Mutation: {
    acknowledgeNotification: (_root, { input }, context) => acknowledgeNotification(context, input),
  },
  AcknowledgeNotificationResult: { __resolveType: typeOf('Notification') as never },
  Notification: {
    escalation: ({ escalationId }, _args, { loaders }) =>
      escalationId ? loaders.escalationById.load(escalationId) : null,
  },
  NotificationEscalation: {
    nextAt: ({ acknowledgedAt, nextAt }) => (acknowledgedAt ? null : nextAt),
    chain: ({ told }) => told.map((id) => ({ id })),
  },
};
