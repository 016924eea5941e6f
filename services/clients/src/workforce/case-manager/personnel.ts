import { hasRole, type Viewer } from '@throughline/graphql';
import type { StaffMember } from './case-manager.ts';

/** Whether the viewer may read the personnel file: the person, the supervisor, and program administrators. */
export function readsFile(
  viewer: Viewer,
  { id, supervisorId }: Pick<StaffMember, 'id' | 'supervisorId'>,
): boolean {
  if (viewer.graph !== 'STAFF') return false;
  return id === viewer.id || supervises(viewer, { supervisorId }) || hasRole(viewer, 'PROGRAM_ADMIN');
}

/** Whether the viewer is the supervisor of the person. */
export function supervises(viewer: Viewer, { supervisorId }: Pick<StaffMember, 'supervisorId'>): boolean {
  return supervisorId === viewer.id && hasRole(viewer, 'SUPERVISOR');
}
