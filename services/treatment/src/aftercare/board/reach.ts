import { hasRole, type Viewer } from '@throughline/graphql';

/** Each way to a client as a look-up by an index: one condition with "or" would read all clients. $1: the viewer. */
const OWN = 'select client_id from care where case_manager_id = $1';
const TEAM = `select client_id from care where supervisor_id in (
  select $1::uuid union all select staff_id from staff_standing where cover_id = $1::uuid)`;
const ON_CARE_TEAM = `select t.client_id from care_member m
  join care t on t.client_id = m.client_id and t.case_id = m.case_id and t.case_open where m.staff_id = $1`;
const STANDS_IN = `select t.client_id from staff_standing s
  join care t on t.case_manager_id = s.staff_id where s.cover_id = $1`;

/** The clients on the boards of a viewer: own, covered and care-team ones, for supervisors those of the team. */
export function clientsOf(viewer: Viewer): string {
  const team = hasRole(viewer, 'SUPERVISOR') ? [TEAM] : [];
  return [OWN, ...team, ON_CARE_TEAM, STANDS_IN].join(' union ');
}
