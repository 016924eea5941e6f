import type { DataSource } from 'typeorm';

/** What demonstration data needs and the graph does not offer. Nothing else may use it. */

/** Moves the beginning of a case into the past, with what was counted from it; asked again it changes nothing. */
export async function beginEarlier(db: DataSource, caseId: string, openedAt: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `update case_file set opened_at = $2, status_changed_at = $2,
         next_contact_due_at = next_contact_due_at - (opened_at - $2)
       where id = $1 and opened_at > $2 and last_reached_at is null and status in ('SCREENING', 'OPEN_ASSESSMENT')`,
      [caseId, openedAt],
    );
    await tx.query(
      `update assignment set started_at = $2 where case_id = $1 and role = 'PRIMARY' and started_at > $2`,
      [caseId, openedAt],
    );
  });
}
