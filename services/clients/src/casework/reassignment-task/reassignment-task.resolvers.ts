import { momentOf } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { findHeld } from '../../workforce/credential/credential.entity.ts';
import { findStaffing } from '../assignment/staffing.ts';
import { taskOf } from './reassignment-task.ts';

/** People of a team who are looked at at most. */
const most = 200;

export const resolvers: Resolvers = {
  Query: { reassignmentTasks: (_root, _args, context) => tasksFor(context) },
};

/** The people who were deactivated belong to the team, too: their cases wait for somebody. */
async function tasksFor(context: Context) {
  const { db, viewer } = context;
  const where = { supervisorId: viewer.id };
  const team = await db.manager.find(StaffMemberEntity, { where, take: most, order: { id: 'ASC' } });
  const held = await findHeld(
    db.manager,
    team.map(({ id }) => id),
  );
  const staffing = await findStaffing(db.manager, team, momentOf(context));
  return staffing
    .flatMap((one) => taskOf(one, held.get(one.staff.id) ?? []) ?? [])
    .sort((one, other) => other.openCases - one.openCases)
    .map(({ staffing: { staff }, ...task }) => ({ staff, ...task }));
}
