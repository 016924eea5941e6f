import type { Resolvers } from '../../generated/graphql.ts';

export const resolvers: Resolvers = {
  Notification: {
    deliveries: ({ id }, _args, { loaders }) => loaders.deliveriesByNotification.load(id),
  },
  NotificationDelivery: {
    nextAttemptAt: ({ state, nextAttemptAt }) => (state === 'QUEUED' ? nextAttemptAt : null),
    attempts: ({ id }, _args, { loaders }) => loaders.attemptsByDelivery.load(id),
  },
};
