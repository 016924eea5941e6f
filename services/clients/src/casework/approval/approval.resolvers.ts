import { connection, hasRole, readPage } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';
import type { Resolvers } from '../../generated/graphql.ts';
import { AssignmentEntity } from '../assignment/assignment.entity.ts';
import type { Assignment } from '../assignment/assignment.ts';

/** The supervisor, and those on leave for whom that person stands in. */
const LOOKED_AFTER =
  '(select :supervisorId::uuid union all select id from case_manager where cover_id = :supervisorId::uuid)';

/** Assignments of the supervisor's team, and of teams that the supervisor looks after, that wait; nobody approves their own. Source: infra/reference/domain.md 1.4. */
function findWaiting(
  db: EntityManager,
  supervisorId: string,
  { first, after }: ReturnType<typeof readPage>,
): Promise<Assignment[]> {
  const query = db
    .createQueryBuilder(AssignmentEntity, 'a')
    .innerJoin('case_manager', 'm', 'm.id = a.case_manager_id')
    .where(`m.supervisor_id in ${LOOKED_AFTER} and m.id <> :supervisorId`, { supervisorId })
    .andWhere('a.needs_approval and a.ended_at is null');
  if (after)
    query.andWhere('(a.started_at, a.id) > (:at::timestamptz, :id::uuid)', { at: after[0], id: after[1] });
  return query
    .orderBy({ 'a.startedAt': 'ASC', 'a.id': 'ASC' })
    .limit(first + 1)
    .getMany();
}

export const resolvers: Resolvers = {
  StaffMember: {
    assignmentsToApprove: async ({ id }, args, { viewer, db }) => {
      const page = readPage(args, 'assignments to approve');
      if (viewer.id !== id || !hasRole(viewer, 'SUPERVISOR')) return null;
      const rows = await findWaiting(db.manager, id, page);
      return connection(
        rows.map((assignment) => ({ assignment })),
        page,
        ({ assignment }) => [assignment.startedAt, assignment.id],
      );
    },
  },
  AssignmentApproval: {
    caseFile: ({ assignment: { caseId } }, _args, { loaders }) => loaders.caseFileById.load(caseId),
  },
};
