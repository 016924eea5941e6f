import {
  createLogger,
  migrationConfig,
  readConfig,
  runProgram,
  type Environment,
} from '@throughline/runtime';
import { awaitDatabase, notYet } from './await-database.ts';
import type { ServiceDatabase } from './migrated-database.ts';

/** For migrate.ts: waits for the database, brings the schema of one service up to date as its owner, and ends. */
export function runMigration(
  service: string,
  env: Environment,
  migrate: ServiceDatabase['migrate'],
): Promise<void> {
  return runProgram(async () => {
    const config = readConfig(migrationConfig, env);
    const { DATABASE_OWNER_URL: ownerUrl, DATABASE_START_WAIT_MS: waitMs } = config;
    const logger = createLogger({ service, level: config.LOG_LEVEL });
    await awaitDatabase(ownerUrl, { setting: 'DATABASE_OWNER_URL', waitMs, retrying: notYet(logger) });
    await migrate(ownerUrl, { archiveMonths: config.ARCHIVE_RETENTION_MONTHS ?? null });
    logger.info({}, 'the database is migrated');
  });
}
