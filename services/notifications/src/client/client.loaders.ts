import { findCareTeams, mayReadClient } from '@throughline/care-team';
import type { Viewer } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, IsNull, Not, type DataSource } from 'typeorm';
import { NotificationEntity } from '../notification/notification.entity.ts';
import type { Notification } from '../notification/notification.ts';

const most = 100;

export function createClientLoaders(db: DataSource, viewer: Viewer) {
  return {
    /** Two statements, however many clients. */
    alertsByClient: new DataLoader<string, Notification[]>(async (clientIds) => {
      const teams = await findCareTeams(db, clientIds);
      const mine = clientIds.filter((_id, index) => mayReadClient(viewer, teams[index] ?? null));
      if (mine.length === 0) return clientIds.map(() => []);

      const alerts = await db.manager.find(NotificationEntity, {
        where: {
          ...{ recipientId: viewer.id, clientId: In(mine) },
          ...{ escalationId: Not(IsNull()), acknowledgedAt: IsNull() },
        },
        order: { createdAt: 'DESC', id: 'DESC' },
      });
      const byClient = Map.groupBy(alerts, ({ clientId }) => clientId);
      return clientIds.map((id) => byClient.get(id)?.slice(0, most) ?? []);
    }),
  };
}
