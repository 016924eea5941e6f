import type { Problem } from '@throughline/graphql/problems';
import type { Caseload } from '../../workforce/caseload/caseload.ts';
import type { GateReason } from '../../workforce/credential/gate.ts';

/** The caseload would reach its limit; a supervisor may approve it. */
export interface CaseloadOver extends Problem {
  kind: 'CaseloadOver';
  pointsBefore: number;
  pointsAfter: number;
  limit: number;
  headCountAfter: number;
  headCountLimit: number;
}

/** The credential of the case manager allows no new cases. */
export interface CaseManagerBlocked extends Problem {
  kind: 'CaseManagerBlocked';
  reason: GateReason;
  remedy: string;
}

export function caseloadOver(before: Caseload, after: Caseload): CaseloadOver {
  const { limit, headCountLimit } = after;
  return {
    kind: 'CaseloadOver',
    message: `The caseload would have ${String(after.points)} of ${String(limit)} points and ${String(after.headCount)} of ${String(headCountLimit)} cases: approve it with a reason, or choose somebody else.`,
    ...{ pointsBefore: before.points, pointsAfter: after.points, limit },
    ...{ headCountAfter: after.headCount, headCountLimit },
  };
}

/** What would open the gate again. */
export const remedies: Record<GateReason, string> = {
  QUALIFIED: 'Nothing is needed.',
  TRAINEE: 'Nothing is needed.',
  CREDENTIAL_EXPIRED: 'A credential that qualifies must be renewed or added, and verified.',
  CREDENTIAL_WITHDRAWN: 'The credential must be reinstated, or another one added and verified.',
  NO_SUPERVISOR: 'A credential must be verified, or a supervisor named for the trainee.',
};

export function blocked(reason: GateReason): CaseManagerBlocked {
  const remedy = remedies[reason];
  const message = `This case manager may take no new cases now. ${remedy}`;
  return { kind: 'CaseManagerBlocked', message, reason, remedy };
}
