import { CreateMessaging1700000000000, messagingEntities, migrateJobs } from '@throughline/messaging';
import { DataSource, type EntitySchema } from 'typeorm';

const entities: EntitySchema[] = [...messagingEntities];

/** In order; the number at the end of the class name decides. */
const migrations = [CreateMessaging1700000000000];

export function createDataSource(url: string, poolSize = 10): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'referrals',
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
