import { CreateMessaging1700000000000, messagingEntities, migrateJobs } from '@throughline/messaging';
import { DataSource, type EntitySchema } from 'typeorm';
import { AgencyEntity } from './agency/agency.entity.ts';
import { ServiceEntity } from './directory-service/directory-service.entity.ts';
import { DirectoryImportEntity } from './directory-import/directory-import.entity.ts';
import { LocationEntity } from './location/location.entity.ts';
import { CreateDirectory1700000000001 } from './migrations/0001-create-directory.ts';
import { CreateDirectoryImport1700000000002 } from './migrations/0002-create-directory-import.ts';

const entities = [
  ...messagingEntities,
  AgencyEntity,
  ServiceEntity,
  LocationEntity,
  DirectoryImportEntity,
] as EntitySchema[];

/** In order; the number at the end of the class name decides. */
const migrations = [
  CreateMessaging1700000000000,
  CreateDirectory1700000000001,
  CreateDirectoryImport1700000000002,
];

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
