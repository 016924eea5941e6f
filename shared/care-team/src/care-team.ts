import type { Viewer } from '@throughline/graphql';

/** A service's local copy of who works with a client, fed by the facts of the clients service. */
export interface CareTeam {
  clientId: string;
  caseId: string;
  caseOpen: boolean;
  /** Primary case manager; null while the case waits in the unassigned queue. */
  caseManagerId: string | null;
  /** The case manager's supervisor of today, whatever the assignment said. */
  supervisorId: string | null;
}

/** Who supervises a member of staff, as the last staff record says. */
export interface CareTeamStaff {
  staffId: string;
  supervisorId: string | null;
}

/** How a viewer stands to a client: by own caseload, by team, or not at all. */
export type Relation = 'OWN_CASELOAD' | 'TEAM' | 'NONE';

/**
 * The relationship test of infra/reference/domain.md 1.5. Only staff have a relation, and only in the role it needs:
 * being named as case manager gives nothing to somebody whose role was taken away.
 */
export function relationTo(viewer: Viewer, team: CareTeam | null): Relation {
  if (viewer.graph !== 'STAFF' || !team) return 'NONE';
  if (team.caseManagerId === viewer.id && hands.some((role) => viewer.roles.includes(role)))
    return 'OWN_CASELOAD';
  if (team.supervisorId === viewer.id && viewer.roles.includes('SUPERVISOR')) return 'TEAM';
  return 'NONE';
}

const hands = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PEER_SPECIALIST'] as const;

/** Whether the viewer may know that the client exists, and read the clinical and planning record. */
export function mayReadClient(viewer: Viewer, team: CareTeam | null): boolean {
  return relationTo(viewer, team) !== 'NONE';
}
