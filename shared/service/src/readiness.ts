import { healthOf, within, type Ready } from '@throughline/runtime';
import { QueryFailedError, type DataSource } from 'typeorm';

const PATIENCE_MS = 2000;
const NO_SUCH_TABLE = '42P01';
const NOT_PERMITTED = '42501';

/**
 * Whether a service can answer: its database answers and is migrated for this release. The parts of messaging (facts and
 * timers) only degrade it: queries and commands work while the broker is away or a timer is late.
 */
export function readiness(dataSource: DataSource, messaging: () => Record<string, string>): Ready {
  return async () => healthOf(await databaseParts(dataSource), messaging());
}

async function databaseParts(dataSource: DataSource): Promise<Record<string, string>> {
  try {
    const missing = await within(PATIENCE_MS, missingMigrations(dataSource));
    return { database: 'ok', migrations: missing === 0 ? 'ok' : `${missing} not applied` };
  } catch (error) {
    const code =
      error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
    if (code === NO_SUCH_TABLE || code === NOT_PERMITTED)
      return { database: 'ok', migrations: 'none applied by this release' };
    return { database: 'does not answer' };
  }
}

/** Migrations of a later release may exist, too: the release before it must run on its schema. */
async function missingMigrations(dataSource: DataSource): Promise<number> {
  const rows: { name: string }[] = await dataSource.query('select name from migrations');
  const applied = new Set(rows.map(({ name }) => name));
  return dataSource.migrations.filter(({ name, constructor }) => !applied.has(name ?? constructor.name))
    .length;
}
