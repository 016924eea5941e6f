import { hasRole, type Viewer } from '@throughline/graphql';

/** Who works with a client: every decision about permission reads this and nothing else. */
export interface Care {
  clientId: string;
  /** The latest case of the client; null while a copy has not yet heard of it. */
  caseId: string | null;
  /** Whether the client has an open case. */
  caseOpen: boolean;
  /** Primary case manager, also the last one of a closed case; null while the case waits in the queue. */
  caseManagerId: string | null;
  /** The present supervisor of the case manager, which the assignment itself may no longer name. */
  supervisorId: string | null;
  /** Who stands in for that supervisor now; null when nobody does. */
  supervisorCoverId: string | null;
  /** The member of staff who registered the client. */
  registeredBy: string | null;
  /** Who else works on the open case, each with the present supervisor; empty when the case is closed. */
  team: readonly TeamMember[];
  /** Who stands in for the case manager now; null when nobody does. */
  coverId: string | null;
  /** Who took an open crisis of the client over. */
  responders: readonly string[];
  /** Whether the case has no case manager. False while a copy has not yet heard of any assignment. */
  queued: boolean;
}

/** Somebody with a role on the case that is not the primary one. */
export interface TeamMember {
  staffId: string;
  supervisorId: string | null;
  /** Who stands in for that supervisor now; null when nobody does. */
  supervisorCoverId: string | null;
}

/** Where a viewer stands to a client. */
export type Relation =
  'OWN_CASELOAD' | 'CARE_TEAM' | 'COVER' | 'TEAM' | 'QUEUE' | 'REGISTERED' | 'RESPONDER' | 'PRIVACY';

/** Roles that work with clients of their own. Source: infra/reference/domain.md 1.5. */
export const careRoles = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PEER_SPECIALIST'] as const;

/** Roles that are paged in a crisis and may take it over. Source: infra/reference/domain.md 4.4. */
export const responderRoles = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PROGRAM_ADMIN'] as const;

/**
 * Every relation that the viewer has to the client. A relation needs its role: a case manager whose roles were taken
 * away has none. All supervisors have the queue: until somebody leads the case, each of them stands where the
 * supervisor of the case manager would stand, so that an alert has a reader and the case can be assigned.
 * A member of the care team, and who stands in for a case manager on leave, work with the client as the case manager
 * does; a supervisor has the clients of everybody on the own team, and of the team of a supervisor on leave for whom that
 * person stands in. Who took a crisis over reaches the client until the
 * danger is over, also when nobody assigned that person. Partners and services have no relation. Source: infra/reference/domain.md 1.5.
 */
export function relationsTo(viewer: Viewer, care: Care | null): Relation[] {
  if (viewer.graph !== 'STAFF' || !care) return [];
  return (Object.keys(holds) as Relation[]).filter((relation) => holds[relation](viewer, care));
}

const holds: Record<Relation, (viewer: Viewer, care: Care) => boolean> = {
  OWN_CASELOAD: (viewer, { caseManagerId }) => caseManagerId === viewer.id && hasRole(viewer, ...careRoles),
  CARE_TEAM: (viewer, { team }) =>
    team.some(({ staffId }) => staffId === viewer.id) && hasRole(viewer, ...careRoles),
  COVER: (viewer, { coverId }) => coverId === viewer.id && hasRole(viewer, ...careRoles),
  TEAM: (viewer, care) =>
    hasRole(viewer, 'SUPERVISOR') &&
    [care, ...care.team].some((one) => [one.supervisorId, one.supervisorCoverId].includes(viewer.id)),
  QUEUE: (viewer, { queued }) => queued && hasRole(viewer, 'SUPERVISOR', 'INTAKE_WORKER'),
  REGISTERED: (viewer, { registeredBy }) => registeredBy === viewer.id && hasRole(viewer, 'INTAKE_WORKER'),
  RESPONDER: (viewer, { responders }) => responders.includes(viewer.id) && hasRole(viewer, ...responderRoles),
  PRIVACY: (viewer) => hasRole(viewer, 'PRIVACY_OFFICER'),
};
