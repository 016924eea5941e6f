import type { Viewer } from '@throughline/graphql';
import type { Resolvers } from '../generated/graphql.ts';
import { findInbox } from '../notification/notification.queries.ts';

export const resolvers: Resolvers = {
  CaseManager: {
    notifications: ({ id }, args, context) => (isSelf(context.viewer, id) ? findInbox(context, args) : null),
    unreadCount: ({ id }, _args, { viewer, loaders }) =>
      isSelf(viewer, id) ? loaders.unreadCountByRecipient.load(id) : null,
    quietHours: ({ id }, _args, { viewer, loaders }) =>
      isSelf(viewer, id) ? loaders.quietHoursByStaff.load(id) : null,
  },
};

/** An inbox is nobody else's, not even the supervisor's. */
function isSelf(viewer: Viewer, id: string): boolean {
  return viewer.graph === 'STAFF' && viewer.id === id;
}
