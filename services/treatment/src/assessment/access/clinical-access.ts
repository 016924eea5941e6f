import { mayReadClient, type CareTeam } from '@throughline/care-team';
import { hasRole, type Role, type Viewer } from '@throughline/graphql';

export type AccessReason = 'OK' | 'NOT_ASSIGNED' | 'ROLE_FORBIDDEN';

const careRoles: Role[] = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PEER_SPECIALIST'];
const writers: Role[] = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN'];

/**
 * Whether the viewer reads the clinical and planning record of a client: a care role and a place on the client's
 * team. Intake workers, privacy officers, administrators and partners read none of it.
 * Source: infra/reference/domain.md 1.5.
 */
export function clinicalAccess(viewer: Viewer, team: CareTeam | null): AccessReason {
  if (viewer.graph !== 'STAFF' || !hasRole(viewer, ...careRoles)) return 'ROLE_FORBIDDEN';
  return mayReadClient(viewer, team) ? 'OK' : 'NOT_ASSIGNED';
}

/** Peer specialists on the team read along; they do not change the clinical record. */
export function mayWrite(viewer: Viewer): boolean {
  return hasRole(viewer, ...writers);
}

/** Single answers say more than the band does, so they stay with those who may act on them. */
export function answerAccess(viewer: Viewer, team: CareTeam | null): AccessReason {
  const access = clinicalAccess(viewer, team);
  return access === 'OK' && !mayWrite(viewer) ? 'ROLE_FORBIDDEN' : access;
}

/**
 * A privacy officer reads who did what and when, too: without the entries of clinical kinds, and what another entry
 * is about stays hidden from them by its owner.
 */
export function timelineAccess(viewer: Viewer, team: CareTeam | null): AccessReason {
  if (viewer.graph === 'STAFF' && hasRole(viewer, 'PRIVACY_OFFICER')) return 'OK';
  return clinicalAccess(viewer, team);
}
