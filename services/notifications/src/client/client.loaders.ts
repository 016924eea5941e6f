import { findCareTeams, mayReadClient } from '@throughline/care-team';
import { isUuid, type Viewer } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { In, IsNull, Not, type DataSource } from 'typeorm';
import { NotificationEntity } from '../notification/notification.entity.ts';
import type { Notification } from '../notification/notification.ts';

const most = 100;

export function createClientLoaders(db: DataSource, viewer: Viewer) {
  return {
    /** Two statements, however many clients. */
    alertsByClient: new DataLoader<string, Notification[]>(async (clientIds) => {
      const known = clientIds.filter(isUuid).map((id) => id.toLowerCase());
      const teams = known.length > 0 ? await findCareTeams(db, known) : [];
      const mine = teams.flatMap((team) => (team && mayReadClient(viewer, team) ? [team.clientId] : []));
      if (mine.length === 0) return clientIds.map(() => []);

      const alerts = await db.manager.find(NotificationEntity, {
        where: {
          ...{ recipientId: viewer.id, clientId: In(mine) },
          ...{ escalationId: Not(IsNull()), acknowledgedAt: IsNull() },
        },
        order: { createdAt: 'DESC', id: 'DESC' },
      });
      const byClient = Map.groupBy(alerts, ({ clientId }) => clientId);
      return clientIds.map((id) => byClient.get(id.toLowerCase())?.slice(0, most) ?? []);
    }),
  };
}
