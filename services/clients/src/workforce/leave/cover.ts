import { issueAt, type InputIssue } from '@throughline/graphql/problems';
import type { StaffMember } from '../case-manager/case-manager.ts';
import { remedies, type Gate } from '../credential/gate.ts';

type Person = Pick<StaffMember, 'id' | 'roles' | 'supervisorId'>;

/** Somebody active who shall stand in, and the gate of the credentials now. */
export interface Cover {
  staff: Person;
  gate: Gate;
  /** Whether the caller may read why the gate is closed. */
  mayExplain: boolean;
}

/**
 * Why somebody may not stand in; null: nothing is against it. Clients of a case manager need somebody who may lead cases now:
 * a case manager whose credential allows cases, a clinician, or the supervisor, who has these clients in any case. Who
 * stands in for a supervisor decides what waits for that person, and is a supervisor. Source: infra/reference/domain.md 1.3, 6.5.
 */
export function coverFault(away: Person, { staff, gate, mayExplain }: Cover): InputIssue | null {
  const has = (role: string) => staff.roles.includes(role);
  if (away.roles.includes('SUPERVISOR') && !has('SUPERVISOR'))
    return roleMissing('Who stands in for a supervisor is a supervisor.');
  if (!away.roles.includes('CASE_MANAGER') || has('CLINICIAN') || away.supervisorId === staff.id) return null;
  if (!has('CASE_MANAGER'))
    return roleMissing('Who stands in for a case manager is a case manager, a clinician or the supervisor.');
  if (gate.isOpen) return null;
  return mayExplain
    ? issueAt('coverId', gate.reason, `This person may take no cases now. ${remedies[gate.reason]}`)
    : issueAt('coverId', 'UNAVAILABLE', 'This person takes no cases now: choose somebody else.');
}

const roleMissing = (message: string) => issueAt('coverId', 'ROLE_MISSING', message);
