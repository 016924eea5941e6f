import { EntitySchema } from 'typeorm';
import type { PushSubscription } from './push.ts';

export const PushSubscriptionEntity = new EntitySchema<PushSubscription>({
  name: 'PushSubscription',
  tableName: 'push_subscription',
  columns: {
    id: { type: 'uuid', primary: true },
    staffId: { type: 'uuid', name: 'staff_id' },
    endpoint: { type: 'text' },
    p256dh: { type: 'text' },
    auth: { type: 'text' },
    language: { type: 'text' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
});
