import { messagingEntities, messagingMigrations, migrateJobs } from '@throughline/messaging';
import { DataSource } from 'typeorm';
import { AssignmentEntity, CaseFileEntity } from './case-file/case-file.entity.ts';
import { CaseManagerEntity } from './case-manager/case-manager.entity.ts';
import { ClientEntity } from './client/client.entity.ts';
import { ConsentEntity } from './consent/consent.entity.ts';
import { DisclosureRecordEntity } from './disclosure/disclosure.entity.ts';
import { CreateCaseManager1700000000001 } from './migrations/0001-create-case-manager.ts';
import { CreateClient1700000000002 } from './migrations/0002-create-client.ts';
import { CreateConsent1700000000003 } from './migrations/0003-create-consent.ts';
import { CreateDisclosureRecord1700000000004 } from './migrations/0004-create-disclosure-record.ts';
import { NeedEntity } from './need/need.entity.ts';

const entities = [
  ...messagingEntities,
  CaseManagerEntity,
  ClientEntity,
  CaseFileEntity,
  AssignmentEntity,
  NeedEntity,
  ConsentEntity,
  DisclosureRecordEntity,
];

/** In order; the number at the end of the class name decides. */
const migrations = [
  ...messagingMigrations,
  CreateCaseManager1700000000001,
  CreateClient1700000000002,
  CreateConsent1700000000003,
  CreateDisclosureRecord1700000000004,
];

export function createDataSource(url: string, poolSize = 10): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'clients',
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
