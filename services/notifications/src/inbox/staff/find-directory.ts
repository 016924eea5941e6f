import type { EntityManager } from 'typeorm';
import { directoryOf, type Directory, type Staff } from './staff.ts';

/**
 * The staff whom an alert can reach: the people named, the supervisors above them, and everybody with a role
 * that takes over. One statement for a line of any length; `union` ends a circle.
 */
export async function findDirectory(tx: EntityManager, named: readonly string[]): Promise<Directory> {
  const staff: Staff[] = await tx.query(
    `with recursive line as (
       select * from staff where id = any($1)
       union
       select above.* from staff above join line on above.id = line.supervisor_id
     ), reachable as (
       select * from line
       union
       select * from staff where active and roles && array['PROGRAM_ADMIN', 'PRIVACY_OFFICER', 'PLATFORM_ENGINEER']
     )
     select id, supervisor_id as "supervisorId", roles, time_zone as "timeZone", active from reachable`,
    [named],
  );
  return directoryOf(staff);
}
