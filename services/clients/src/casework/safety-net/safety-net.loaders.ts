import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';

const LED = `
  select a.case_id as id from assignment a join case_manager m on m.id = a.case_manager_id
  where a.case_id = any($1::uuid[]) and a.role = 'PRIMARY' and a.ended_at is null
    and m.active and 'CASE_MANAGER' = any (m.roles)`;

/** Whether somebody leads a case who is active and may lead cases: `canLeadCases` for many cases in one statement. */
export function safetyNetLoaders(db: EntityManager) {
  return {
    isLedByCase: new DataLoader<string, boolean>(async (ids) => {
      const rows: { id: string }[] = await db.query(LED, [ids]);
      const led = new Set(rows.map(({ id }) => id));
      return ids.map((id) => led.has(id));
    }),
  };
}
