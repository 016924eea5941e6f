import { typeOf } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { markAllRead, markNotificationRead } from './notification.commands.ts';
import { isSelf } from './is-self.ts';
import { findInbox, readNotification } from './notification.queries.ts';
import { requiresAck, stateOf, type SubjectType } from './notification.ts';

export const resolvers: Resolvers = {
  Query: {
    myNotifications: (_root, args, context) =>
      context.viewer.graph === 'STAFF' ? findInbox(context, args) : null,
    notification: (_root, { id }, context) => readNotification(id, context),
  },
  Mutation: {
    markNotificationRead: (_root, { input }, context) => markNotificationRead(context, input.id),
    markAllRead: (_root, { input }, context) => markAllRead(context, input.until),
  },
  Client: {
    // A query of a client here asks for its alerts: one statement reads them and the care team.
    __resolveReference: async ({ id }, { loaders }) => {
      await loaders.alertsByClient.load(id);
      return { id };
    },
    alerts: ({ id }, _args, { loaders }) => loaders.alertsByClient.load(id),
  },
  CaseManager: {
    notifications: ({ id }, args, context) => (isSelf(context.viewer, id) ? findInbox(context, args) : null),
    unreadCount: ({ id }, _args, { viewer, loaders }) =>
      isSelf(viewer, id) ? loaders.unreadCountByRecipient.load(id) : null,
  },
  MarkNotificationReadResult: { __resolveType: typeOf('Notification') as never },
  MarkAllReadResult: { __resolveType: () => 'NotificationsRead' },
  Notification: {
    __resolveReference: ({ id }, context) => readNotification(id, context),
    requiresAck,
    state: (notification, _args, { now }) => stateOf(notification, now()),
    recipient: ({ recipientId }) => ({ id: recipientId }),
    acknowledgedBy: ({ acknowledgedBy }) => (acknowledgedBy ? { id: acknowledgedBy } : null),
    client: ({ clientId }) => (clientId ? { id: clientId } : null),
    subject: ({ subjectType, subjectId }) => ({ __typename: subjectType, id: subjectId }),
  },
  NotificationSubject: { __resolveType: (subject) => typeNameOf(subject) },
};

/** The type travels with the id; its owner resolves the rest. */
function typeNameOf(subject: object): SubjectType {
  return (subject as { __typename: SubjectType }).__typename;
}
