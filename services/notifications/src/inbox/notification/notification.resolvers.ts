import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { markAllRead, markNotificationRead, snoozeNotification } from './notification.commands.ts';
import { isSelf } from './is-self.ts';
import { findInbox, readNotification } from './notification.queries.ts';
import { requiresAck, stateOf } from './notification.ts';

export const resolvers: Resolvers = {
  Query: {
    myNotifications: (_root, args, context) =>
      context.viewer.graph === 'STAFF' ? findInbox(context, args) : null,
    notification: (_root, { id }, context) => readNotification(id, context),
  },
  Mutation: {
    markNotificationRead: act(markNotificationRead),
    markAllRead: act(markAllRead),
    snoozeNotification: act(snoozeNotification),
  },
  Client: {
    // A query of a client here asks for its alerts: one statement reads them and the care team.
    __resolveReference: async ({ id }, { loaders }) => {
      await loaders.alertsByClient.load(id);
      return { id };
    },
    alerts: ({ id }, _args, { loaders }) => loaders.alertsByClient.load(id),
  },
  StaffMember: {
    notifications: ({ id }, args, context) => (isSelf(context.viewer, id) ? findInbox(context, args) : null),
    unreadCount: ({ id }, _args, { viewer, loaders }) =>
      isSelf(viewer, id) ? loaders.unreadCountByRecipient.load(id) : null,
  },
  Notification: {
    __resolveReference: ({ id }, context) => readNotification(id, context),
    requiresAck,
    state: (notification, _args, { now }) => stateOf(notification, now()),
    latestAt: ({ latestAt, createdAt }) => latestAt ?? createdAt,
    recipient: ({ recipientId }) => ({ id: recipientId }),
    acknowledgedBy: ({ acknowledgedBy }) => (acknowledgedBy ? { id: acknowledgedBy } : null),
    client: ({ clientId }) => (clientId ? { id: clientId } : null),
    // The type travels with the id; its owner resolves the rest.
    subject: async ({ subjectType, subjectId }, _args, { loaders }) => {
      if (subjectType !== 'AppreciationNote') return { __typename: subjectType, id: subjectId };
      const note = await loaders.noteForViewer(subjectId);
      return note && { __typename: subjectType, ...note };
    },
  },
};
