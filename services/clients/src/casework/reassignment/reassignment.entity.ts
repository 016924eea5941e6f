import { loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, type EntityManager } from 'typeorm';
import { MODIFIERS } from '../../workforce/caseload/caseload.entity.ts';
import type { Load } from '../../workforce/caseload/caseload.ts';
import { findWishes } from '../suggestion/find-match.ts';
import type { MovingCase, ReassignmentState } from './reassignment.ts';

export interface Reassignment {
  id: string;
  fromStaffId: string;
  reason: string;
  overReason: string | null;
  status: 'RUNNING' | 'DONE';
  requestedBy: string;
  requestedAt: Date;
  finishedAt: Date | null;
  correlationId: string;
  version: number;
}

export const ReassignmentEntity = new EntitySchema<Reassignment>({
  name: 'Reassignment',
  tableName: 'reassignment',
  columns: {
    id: { type: 'uuid', primary: true },
    fromStaffId: { type: 'uuid', name: 'from_staff_id' },
    reason: { type: 'text' },
    overReason: { type: 'text', name: 'over_reason', nullable: true },
    status: { type: 'text' },
    requestedBy: { type: 'uuid', name: 'requested_by' },
    requestedAt: { type: 'timestamptz', name: 'requested_at' },
    finishedAt: { type: 'timestamptz', name: 'finished_at', nullable: true },
    correlationId: { type: 'text', name: 'correlation_id' },
    version: { type: 'integer' },
  },
});

export type Counts = Record<ReassignmentState, number>;

export function reassignmentLoaders(db: EntityManager) {
  return {
    reassignmentById: loaderById(db, ReassignmentEntity),
    reassignmentCounts: new DataLoader<string, Counts>(async (ids) => {
      const rows: { id: string; state: ReassignmentState; count: number }[] = await db.query(
        `select reassignment_id as id, state, count(*)::int as count from reassignment_item
         where reassignment_id = any($1::uuid[]) group by 1, 2`,
        [ids],
      );
      return ids.map((id) => {
        const own = rows.filter((row) => row.id === id).map(({ state, count }) => [state, count] as const);
        return { PENDING: 0, MOVED: 0, REFUSED: 0, SKIPPED: 0, ...Object.fromEntries(own) };
      });
    }),
  };
}

const CASES = `
  select f.id as "caseId", f.client_id as "clientId", f.risk_tier as tier, f.status, ${MODIFIERS} as modifiers
  from assignment a join case_file f on f.id = a.case_id join client c on c.id = f.client_id
    left join case_modifier m on m.case_id = f.id
  where a.case_manager_id = $1 and a.role = 'PRIMARY' and a.ended_at is null
    and f.status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR')`;

/** The open cases of a case manager, with their weight and what they ask: two statements for any number. */
export async function findMovingCases(db: EntityManager, staffId: string): Promise<MovingCase[]> {
  const rows: (Omit<Load, 'count'> & { caseId: string; clientId: string })[] = await db.query(CASES, [
    staffId,
  ]);
  const ids = rows.map(({ caseId }) => caseId);
  const wishes = await findWishes(db, ids);
  return rows.flatMap(({ caseId, clientId, ...load }) => {
    const wish = wishes.get(caseId);
    return wish ? [{ caseId, clientId, load: { ...load, count: 1 }, wish }] : [];
  });
}
