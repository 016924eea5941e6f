import { databaseUrl, migrationConfig, rolePassword } from '@throughline/runtime';
import { z } from 'zod';

/** Settings of the step that makes databases and roles and migrates all of them. */
export const provisionConfig = z.object({
  /** PostgreSQL address of a superuser. */
  POSTGRES_ADMIN_URL: databaseUrl,
  /** Password of the roles <service>_owner, which migrate. */
  POSTGRES_OWNER_PASSWORD: rolePassword,
  /** Password of the roles <service>_app, which serve. */
  POSTGRES_APP_PASSWORD: rolePassword,
  /** Password of the role treatment_counseling, which reads and writes counseling notes and nothing else. */
  POSTGRES_COUNSELING_PASSWORD: rolePassword,
  DATABASE_START_WAIT_MS: migrationConfig.shape.DATABASE_START_WAIT_MS,
  ARCHIVE_RETENTION_MONTHS: migrationConfig.shape.ARCHIVE_RETENTION_MONTHS,
});
