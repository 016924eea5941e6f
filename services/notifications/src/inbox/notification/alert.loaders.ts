import { CareEntity, type Care, type CareReader } from '@throughline/care';
import { isUuid, type Viewer } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { NotificationEntity } from './notification.entity.ts';
import type { Notification } from './notification.ts';

const most = 100;

export function createAlertLoaders(db: DataSource, viewer: Viewer, care: CareReader) {
  return {
    alertsByClient: new DataLoader<string, Notification[]>(async (clientIds) => {
      const known = clientIds.filter(isUuid).map((id) => id.toLowerCase());
      const found = known.length > 0 && isUuid(viewer.id) ? await findAlerts(db, viewer, known) : [];
      for (const one of found) care.keep(one);
      const byClient = new Map(found.map(({ clientId, alerts }) => [clientId, alerts]));
      return clientIds.map((id) => byClient.get(id.toLowerCase())?.slice(0, most) ?? []);
    }),
  };
}

/** Alerts and the care teams of their clients in one statement, for any number of clients. */
function findAlerts(
  db: DataSource,
  viewer: Viewer,
  clientIds: string[],
): Promise<(Care & { alerts: Notification[] })[]> {
  const open = 'r.recipientId = :recipientId and r.escalationId is not null and r.acknowledgedAt is null';
  const query = db.manager
    .createQueryBuilder(CareEntity, 'care')
    .leftJoinAndMapMany(
      'care.alerts',
      NotificationEntity.options.name,
      'r',
      `r.clientId = care.clientId and ${open}`,
      {
        recipientId: viewer.id,
      },
    )
    .where('care.clientId = any(:clientIds)', { clientIds })
    .orderBy('r.createdAt', 'DESC')
    .addOrderBy('r.id', 'DESC');
  return query.getMany() as Promise<(Care & { alerts: Notification[] })[]>;
}
