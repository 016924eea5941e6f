import { careRoles, responderRoles } from '@throughline/care';
import { hasRole, type Viewer } from '@throughline/graphql';

const ASSIGNED = `client c join assignment a on a.client_id = c.id and a.role = 'PRIMARY' and a.ended_at is null`;

/** Where the clients stand whom a viewer may know of. $1 is the viewer. */
export const EVERYBODY = 'client c where true';
/** Supervisors whose team is the viewer's to look after: the viewer, and those on leave for whom the viewer stands in. */
const LOOKED_AFTER = '(select $1::uuid union all select id from case_manager where cover_id = $1::uuid)';
const OWN = `${ASSIGNED} where a.case_manager_id = $1`;
const TEAM = `${ASSIGNED} join case_manager m on m.id = a.case_manager_id where m.supervisor_id in ${LOOKED_AFTER}`;
const COVER = `${ASSIGNED} join case_manager m on m.id = a.case_manager_id where m.cover_id = $1`;

/** The care team of the latest case, as long as it is open. */
const MEMBER = `client c join assignment a on a.client_id = c.id and a.role <> 'PRIMARY' and a.ended_at is null
  and c.status = 'ACTIVE' and a.case_id = (
    select f.id from case_file f where f.client_id = c.id order by f.opened_at desc, f.id desc limit 1)`;
const IN_TEAM = `${MEMBER} where a.case_manager_id = $1`;
const TEAM_OF_MEMBER = `${MEMBER} join case_manager m on m.id = a.case_manager_id where m.supervisor_id in ${LOOKED_AFTER}`;
const QUEUE = 'client c where c.queued';
const REGISTERED = 'client c where c.registered_by = $1';
const RESPONDER = `client c where c.id in (
  select r.client_id from care_responder r where r.staff_id = $1 and r.until is null)`;

/** The rule of `mayKnow`, as SQL over many rows; an integration test compares the two. */
export function reachOf(viewer: Viewer): string[] {
  return hasRole(viewer, 'PRIVACY_OFFICER') ? [EVERYBODY] : workingReachOf(viewer);
}

/** The same without the relation PRIVACY: clients of whom the viewer reads more than a privacy officer does. */
export function workingReachOf(viewer: Viewer): string[] {
  const reach = new Set<string>();
  if (hasRole(viewer, ...careRoles)) reach.add(OWN).add(IN_TEAM).add(COVER);
  if (hasRole(viewer, 'SUPERVISOR')) reach.add(TEAM).add(TEAM_OF_MEMBER).add(QUEUE);
  if (hasRole(viewer, 'INTAKE_WORKER')) reach.add(REGISTERED).add(QUEUE);
  if (hasRole(viewer, ...responderRoles)) reach.add(RESPONDER);
  return [...reach];
}
