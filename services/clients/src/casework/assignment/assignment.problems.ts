import type { Problem } from '@throughline/graphql/problems';
import type { Caseload } from '../../workforce/caseload/caseload.ts';
import { remedies, type GateReason } from '../../workforce/credential/gate.ts';

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

export function blocked(reason: GateReason): CaseManagerBlocked {
  const remedy = remedies[reason];
  const message = `This case manager may take no new cases now. ${remedy}`;
  return { kind: 'CaseManagerBlocked', message, reason, remedy };
}
