import type { EntityManager } from 'typeorm';
import { directoryOf, type Directory, type Staff } from './staff.ts';

/**
 * The part of the staff that an alert can reach: the people named, the line above them, and everybody with a role
 * that takes over. One statement, however long the line; `union` ends a circle.
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
