import { CareTeamEntity, CareTeamStaffEntity, CreateCareTeam1700000000001 } from '@throughline/care-team';
import { messagingEntities, messagingMigrations, migrateJobs } from '@throughline/messaging';
import { DataSource, type EntitySchema } from 'typeorm';
import { EscalationEntity } from './escalation/escalation.entity.ts';
import { CreateNotification1700000000002 } from './migrations/0002-create-notification.ts';
import { NotificationEntity } from './notification/notification.entity.ts';
import { QuietHoursEntity } from './quiet-hours/quiet-hours.entity.ts';
import { StaffEntity } from './staff/staff.entity.ts';

const entities = [
  ...messagingEntities,
  CareTeamEntity,
  CareTeamStaffEntity,
  StaffEntity,
  QuietHoursEntity,
  EscalationEntity,
  NotificationEntity,
] as EntitySchema[];

/** In order; the number at the end of the class name decides. */
const migrations = [...messagingMigrations, CreateCareTeam1700000000001, CreateNotification1700000000002];

export function createDataSource(url: string, poolSize = 10): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'notifications',
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
  });
}

/** Brings the schema up to date, as the owner. A step of its own: no service migrates at its start. */
export async function migrate(ownerUrl: string): Promise<void> {
  const dataSource = await createDataSource(ownerUrl, 1).initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
  await migrateJobs(ownerUrl);
}
