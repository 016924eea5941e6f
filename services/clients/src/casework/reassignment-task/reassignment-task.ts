import { addDays, type Day } from '@throughline/privacy';
import { canLeadCases } from '../../workforce/case-manager/case-manager.ts';
import { remedies, type Held } from '../../workforce/credential/gate.ts';
import type { Staffing } from '../assignment/staffing.ts';

export type TaskReason = 'CREDENTIAL_EXPIRED' | 'CREDENTIAL_WITHDRAWN' | 'NO_SUPERVISOR' | 'LEFT';

export interface ReassignmentTask {
  staffing: Staffing;
  reason: TaskReason;
  remedy: string;
  openCases: number;
  since: Day | null;
}

/**
 * What a supervisor has to do for the cases of somebody who may take no new ones; null when nothing is to be done. It
 * follows from the records, so nobody has to close it. Source: infra/reference/domain.md 1.3.
 */
export function taskOf(staffing: Staffing, held: readonly Held[]): ReassignmentTask | null {
  const openCases = staffing.loads.reduce((sum, { count }) => sum + count, 0);
  const reason = reasonOf(staffing);
  if (openCases === 0 || reason === null) return null;
  const remedy =
    reason === 'LEFT' ? 'Nothing: the cases need another case manager.' : remedies[staffing.gate.reason];
  const since = reason === 'CREDENTIAL_EXPIRED' ? dayAfterGrace(held) : null;
  return { staffing, reason, remedy, openCases, since };
}

function reasonOf({ staff, gate }: Staffing): TaskReason | null {
  if (!staff.active || !canLeadCases(staff)) return 'LEFT';
  return gate.reason === 'QUALIFIED' || gate.reason === 'TRAINEE' ? null : gate.reason;
}

/** The day after the last grace of the qualifying credentials. */
function dayAfterGrace(held: readonly Held[]): Day | null {
  const ends = held.flatMap(({ credential: { status, expiresOn }, type }) =>
    type.qualifies && status === 'VERIFIED' && expiresOn !== null
      ? [addDays(expiresOn, type.graceDays + 1)]
      : [],
  );
  return ends.sort().at(-1) ?? null;
}
