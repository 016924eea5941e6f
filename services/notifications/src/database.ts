import { careEntities, careMigrations } from '@throughline/care';
import { messagingEntities, messagingMigrations } from '@throughline/messaging';
import { serviceDatabase } from '@throughline/service';
import type { EntitySchema } from 'typeorm';
import { EscalationEntity } from './duty/escalation/escalation.entity.ts';
import { CreateNotification1700000000002 } from './migrations/0002-create-notification.ts';
import { NotificationEntity } from './inbox/notification/notification.entity.ts';
import { QuietHoursEntity } from './channel/quiet-hours/quiet-hours.entity.ts';
import { StaffEntity } from './inbox/staff/staff.entity.ts';

const entities = [
  ...messagingEntities,
  ...careEntities,
  StaffEntity,
  QuietHoursEntity,
  EscalationEntity,
  NotificationEntity,
] as EntitySchema[];

const migrations = [...messagingMigrations, ...careMigrations, CreateNotification1700000000002];

export const { createDataSource, migrate } = serviceDatabase({
  service: 'notifications',
  entities,
  migrations,
  timers: true,
});
