import { isUuid, loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { NotificationEntity } from './notification.entity.ts';

export function createNotificationLoaders(db: DataSource, now: () => Date) {
  return {
    notificationById: loaderById(db.manager, NotificationEntity),
    unreadCountByRecipient: new DataLoader<string, number>(async (ids) => {
      const rows: { recipient: string; unread: number }[] = await db.query(
        `select recipient_id as recipient, count(*)::int as unread from notification
         where recipient_id = any($1) and deliver_at <= $2 and read_at is null and acknowledged_at is null
         group by recipient_id`,
        [ids.filter(isUuid), now()],
      );
      const byId = new Map(rows.map(({ recipient, unread }) => [recipient, unread]));
      return ids.map((id) => byId.get(id) ?? 0);
    }),
  };
}
