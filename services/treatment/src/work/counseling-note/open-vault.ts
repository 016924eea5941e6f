import { databaseTimeoutsOf, pgTimeouts, type Logger } from '@throughline/runtime';
import pg from 'pg';
import type { TreatmentConfig } from '../../config.ts';
import { CounselingVault } from './counseling-vault.ts';

/** Connects only when a note is asked for: a vault that is away keeps nothing else of the service from working. */
export function openVault(config: TreatmentConfig, logger: Logger): CounselingVault {
  const pool = new pg.Pool({
    ...{ connectionString: config.COUNSELING_DATABASE_URL, max: 3, application_name: 'counseling' },
    ...pgTimeouts(databaseTimeoutsOf(config)),
  });
  // A connection that breaks while nobody uses it; the next caller gets another one.
  pool.on('error', () => {
    logger.warn({}, 'a connection to the counseling notes is lost');
  });
  return new CounselingVault(pool, config.COUNSELING_NOTE_KEYS);
}
