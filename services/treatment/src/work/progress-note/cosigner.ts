import { mayChange, type Care, type StaffStanding } from '@throughline/care';
import { roles } from '@throughline/graphql';

type Standing = Pick<StaffStanding, 'active' | 'roles'>;

/**
 * Whether this person could sign a note of a trainee about the client, as the staff record says now. Of a person without a
 * record nothing was taken away. Source: infra/reference/domain.md 1.3, 1.5.
 */
export function couldCosign(id: string, standing: Standing | null, care: Care | null): boolean {
  if (standing?.active === false) return false;
  const recorded = standing?.roles ?? ['SUPERVISOR'];
  const held = roles.filter((role) => recorded.includes(role));
  const isSupervisor = held.includes('SUPERVISOR');
  return isSupervisor && mayChange({ id, roles: held, agencyId: null, graph: 'STAFF' }, care, 'CLINICAL');
}

/**
 * In whose queue the note of a trainee waits: of the own supervisor, who need not work with the client of a colleague
 * whom the trainee stands in for; then of the supervisor of the client. Null: of every supervisor of the client.
 */
export function cosignerOf(
  own: { id: string; standing: Standing | null } | null,
  care: Care | null,
): string | null {
  return own && couldCosign(own.id, own.standing, care) ? own.id : (care?.supervisorId ?? null);
}
