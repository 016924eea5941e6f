import { loaderByOwner } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Assignment } from './assignment.ts';

export const AssignmentEntity = new EntitySchema<Assignment>({
  name: 'Assignment',
  tableName: 'assignment',
  columns: {
    id: { type: 'uuid', primary: true },
    caseId: { type: 'uuid', name: 'case_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    caseManagerId: { type: 'uuid', name: 'case_manager_id' },
    role: { type: 'text' },
    startedAt: { type: 'timestamptz', name: 'started_at' },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    reason: { type: 'text', nullable: true },
    assignedBy: { type: 'uuid', name: 'assigned_by' },
    matchScore: { type: 'integer', name: 'match_score', nullable: true },
    matchReasons: { type: 'text', name: 'match_reasons', array: true },
    overApprovedBy: { type: 'uuid', name: 'over_approved_by', nullable: true },
    overReason: { type: 'text', name: 'over_reason', nullable: true },
    needsApproval: { type: 'boolean', name: 'needs_approval' },
    endedBy: { type: 'uuid', name: 'ended_by', nullable: true },
    endReason: { type: 'text', name: 'end_reason', nullable: true },
  },
});

/** The roles of a member of staff on each case, and COVER where that person stands in for its primary case manager. */
const HELD = `
  select a.case_id as id, array_agg(distinct case when a.case_manager_id = $2 then a.role else 'COVER' end) as roles
  from assignment a join case_manager m on m.id = a.case_manager_id
  where a.case_id = any($1::uuid[]) and a.ended_at is null
    and (a.case_manager_id = $2 or (a.role = 'PRIMARY' and m.cover_id = $2))
  group by a.case_id`;

/** All keys of a request are of its viewer. */
interface Held {
  caseId: string;
  staffId: string;
}

export function assignmentLoaders(db: EntityManager) {
  return {
    rolesHeld: new DataLoader<Held, readonly string[], string>(
      async (held) => {
        const ids = held.map(({ caseId }) => caseId);
        const rows: { id: string; roles: string[] }[] = await db.query(HELD, [ids, held[0]?.staffId]);
        const byCase = new Map(rows.map(({ id, roles }) => [id, roles]));
        return ids.map((id) => byCase.get(id) ?? []);
      },
      { cacheKeyFn: ({ caseId, staffId }) => `${caseId} ${staffId}` },
    ),
    assignmentsByCase: loaderByOwner(db, AssignmentEntity, 'caseId', { startedAt: 'DESC', id: 'DESC' }),
  };
}
