import type { EntityManager } from 'typeorm';
import { directoryOf, type Directory, type Staff } from '../../inbox/staff/staff.ts';
import { onCallAt } from './on-call-now.ts';
import { findPlan, peopleOf } from './rota.entity.ts';

/**
 * The staff whom an alert can reach: the people named, the supervisors above them, the people of the on-call plan, who
 * stands in for any of them, and everybody with a role that takes over. One statement for a line of any length; `union`
 * ends a circle.
 */
export async function findDirectory(
  tx: EntityManager,
  named: readonly string[],
  now: Date,
): Promise<Directory> {
  const plan = await findPlan(tx, now, now);
  const staff: Staff[] = await tx.query(
    `with recursive line as (
       select * from staff where id = any($1)
       union
       select above.* from staff above join line on above.id = line.supervisor_id
     ), called as (
       select * from line
       union
       select * from staff where id = any($2)
     ), reachable as (
       select * from called
       union
       select stands.* from staff stands join called on stands.id = called.cover_id
       union
       select * from staff where active and roles && array['PROGRAM_ADMIN', 'PRIVACY_OFFICER', 'PLATFORM_ENGINEER', 'SUPERVISOR']
     )
     select id, supervisor_id as "supervisorId", roles, time_zone as "timeZone", active, away,
       cover_id as "coverId"
     from reachable`,
    [named, peopleOf(plan)],
  );
  const onCall = new Set(onCallAt(plan, directoryOf(staff), now).map(({ staffId }) => staffId));
  return directoryOf(staff.map((one) => ({ ...one, onCall: onCall.has(one.id) })));
}
