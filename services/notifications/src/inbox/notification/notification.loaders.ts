import { isUuid, loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { NotificationEntity } from './notification.entity.ts';
import type { Notification } from './notification.ts';

/** People who were told of the alert of a row `r`. */
const toldOfRow = '(select to_json(e.told) from escalation e where e.id = r.escalation_id)';

export function createNotificationLoaders(db: DataSource, now: () => Date) {
  const told = new Map<string, readonly string[]>();
  return {
    notificationById: loaderById(db.manager, {
      ...{ entity: NotificationEntity, extra: toldOfRow },
      keep: ({ id }, found) => void told.set(id, (found as string[] | null) ?? []),
    }),
    /** People who were told of the same alert as this notification, after it was loaded. */
    toldWith: ({ id }: Notification) => told.get(id) ?? [],
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
