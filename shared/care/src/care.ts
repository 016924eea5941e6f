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
  /** The member of staff who registered the client. */
  registeredBy: string | null;
  /** Whether the case has no case manager. False while a copy has not yet heard of any assignment. */
  queued: boolean;
}

/** Where a viewer stands to a client. */
export type Relation = 'OWN_CASELOAD' | 'TEAM' | 'QUEUE' | 'REGISTERED' | 'PRIVACY';

/** Roles that work with clients of their own. Source: infra/reference/domain.md 1.5. */
export const careRoles = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PEER_SPECIALIST'] as const;

/**
 * Every relation that the viewer has to the client. A relation needs its role: a case manager whose roles were taken
 * away has none. All supervisors have the queue: until somebody leads the case, each of them stands where the
 * supervisor of the case manager would stand, so that an alert has a reader and the case can be assigned.
 * Partners and services have no relation. Source: infra/reference/domain.md 1.5.
 */
export function relationsTo(viewer: Viewer, care: Care | null): Relation[] {
  if (viewer.graph !== 'STAFF' || !care) return [];
  return (Object.keys(holds) as Relation[]).filter((relation) => holds[relation](viewer, care));
}

const holds: Record<Relation, (viewer: Viewer, care: Care) => boolean> = {
  OWN_CASELOAD: (viewer, { caseManagerId }) => caseManagerId === viewer.id && hasRole(viewer, ...careRoles),
  TEAM: (viewer, { supervisorId }) => supervisorId === viewer.id && hasRole(viewer, 'SUPERVISOR'),
  QUEUE: (viewer, { queued }) => queued && hasRole(viewer, 'SUPERVISOR', 'INTAKE_WORKER'),
  REGISTERED: (viewer, { registeredBy }) => registeredBy === viewer.id && hasRole(viewer, 'INTAKE_WORKER'),
  PRIVACY: (viewer) => hasRole(viewer, 'PRIVACY_OFFICER'),
};
