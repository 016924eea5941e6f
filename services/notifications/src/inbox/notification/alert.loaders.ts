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
      const found = known.length > 0 && isUuid(viewer.id) ? await findAlerts(db, viewer, care, known) : [];
      const byClient = new Map(found.map(({ clientId, alerts }) => [clientId, alerts]));
      return clientIds.map((id) => byClient.get(id.toLowerCase())?.slice(0, most) ?? []);
    }),
  };
}

/** Alerts, and who works with their clients, in one statement for any number of clients. */
async function findAlerts(
  db: DataSource,
  viewer: Viewer,
  care: CareReader,
  clientIds: string[],
): Promise<{ clientId: string; alerts: Notification[] }[]> {
  const open = 'r.recipientId = :recipientId and r.escalationId is not null and r.acknowledgedAt is null';
  const query = db.manager
    .createQueryBuilder(CareEntity, 'known')
    .addSelect(care.careOfRow('known.client_id'), 'team')
    .leftJoinAndMapMany(
      'known.alerts',
      NotificationEntity.options.name,
      'r',
      `r.clientId = known.clientId and ${open}`,
      {
        recipientId: viewer.id,
      },
    )
    .where('known.clientId = any(:clientIds)', { clientIds })
    .orderBy('r.createdAt', 'DESC')
    .addOrderBy('r.id', 'DESC');
  const { entities, raw } = await query.getRawAndEntities<{ team: Care }>();
  for (const { team } of raw) care.keep(team);
  return entities as unknown as { clientId: string; alerts: Notification[] }[];
}
