import { mayReadClient, teamOfRow, type CareTeam } from '@throughline/care-team';
import { isUuid, type Viewer } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { NotificationEntity } from './notification.entity.ts';
import type { Notification } from './notification.ts';

const most = 100;

export function createAlertLoaders(db: DataSource, viewer: Viewer) {
  return {
    alertsByClient: new DataLoader<string, Notification[]>(async (clientIds) => {
      const known = clientIds.filter(isUuid).map((id) => id.toLowerCase());
      const alerts = known.length > 0 && isUuid(viewer.id) ? await findAlerts(db, viewer, known) : [];
      const byClient = Map.groupBy(alerts, ({ clientId }) => clientId);
      return clientIds.map((id) => byClient.get(id.toLowerCase())?.slice(0, most) ?? []);
    }),
  };
}

/** Alerts and who works with their clients in one statement, however many clients. */
async function findAlerts(db: DataSource, viewer: Viewer, clientIds: string[]): Promise<Notification[]> {
  const { entities, raw } = await db.manager
    .createQueryBuilder(NotificationEntity, 'r')
    .addSelect(teamOfRow, 'team')
    .where('r.recipientId = :recipientId and r.clientId = any(:clientIds)', {
      ...{ recipientId: viewer.id, clientIds },
    })
    .andWhere('r.escalationId is not null and r.acknowledgedAt is null')
    .orderBy('r.createdAt', 'DESC')
    .addOrderBy('r.id', 'DESC')
    .getRawAndEntities<{ team: CareTeam | null }>();
  return entities.filter((_alert, place) => mayReadClient(viewer, raw[place]?.team ?? null));
}
