import DataLoader from 'dataloader';
import { In, type DataSource } from 'typeorm';
import { NotificationEntity } from './notification.entity.ts';
import type { Notification } from './notification.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function createNotificationLoaders(db: DataSource, now: () => Date) {
  return {
    notificationById: new DataLoader<string, Notification | null>(async (ids) => {
      const rows = await db.manager.findBy(NotificationEntity, { id: In(ids.filter((id) => uuid.test(id))) });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
    }),
    unreadCountByRecipient: new DataLoader<string, number>(async (ids) => {
      const rows: { recipient: string; unread: number }[] = await db.query(
        `select recipient_id as recipient, count(*)::int as unread from notification
         where recipient_id = any($1) and deliver_at <= $2 and read_at is null and acknowledged_at is null
         group by recipient_id`,
        [ids, now()],
      );
      const byId = new Map(rows.map(({ recipient, unread }) => [recipient, unread]));
      return ids.map((id) => byId.get(id) ?? 0);
    }),
  };
}
