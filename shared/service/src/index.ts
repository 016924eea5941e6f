export { awaitDatabase, type AwaitDatabaseOptions } from './await-database.ts';
export {
  serviceDatabase,
  type CreateDataSource,
  type ServiceDatabase,
  type ServiceDatabaseOptions,
} from './migrated-database.ts';
export { runMigration } from './run-migration.ts';
export { runService } from './run-service.ts';
export { serviceSchema, type ServiceSchemaOptions } from './service-schema.ts';
export {
  startService,
  type Assembly,
  type RunningService,
  type ServiceDefinition,
  type ServiceOptions,
  type ServiceParts,
} from './start-service.ts';
