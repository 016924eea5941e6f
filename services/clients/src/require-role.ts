import { hasRole, roleForbidden, type Role, type Viewer } from '@throughline/graphql';

/** Throws unless a member of staff with one of these roles asks. */
export function requireRole(viewer: Viewer, ...roles: Role[]): void {
  if (viewer.graph !== 'STAFF' || !hasRole(viewer, ...roles)) throw roleForbidden();
}
