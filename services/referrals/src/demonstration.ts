import type { DataSource } from 'typeorm';
import { tellAgencies } from './directory/agency/tell-agencies.ts';
import { writeDirectoryRows, type DirectoryRow } from './directory/directory-import/writing.ts';
import { expireReferral } from './referral/referral/expire-referral.ts';

/** What demonstration data needs and the graph does not offer. Nothing else may use it. */

/** Writes whole tables of the directory at once, the way an import does; the same rows again change nothing. */
export async function writeDirectory(
  db: DataSource,
  source: string,
  tables: readonly (readonly [table: string, rows: readonly DirectoryRow[]])[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const agencies: string[] = [];
    for (const [table, rows] of tables) agencies.push(...(await writeDirectoryRows(tx, source, table, rows)));
    await tellAgencies(tx, agencies, new Date());
  });
}

/** Moves the deadline of a referral to this moment and runs the timer. */
export async function expireAtOnce(db: DataSource, referralId: string): Promise<void> {
  await db.query('update referral set expires_at = now() where id = $1', [referralId]);
  await expireReferral(() => new Date())({ referralId }, { dataSource: db });
}
