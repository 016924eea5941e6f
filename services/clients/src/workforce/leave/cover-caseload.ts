import { caseloadOf, type Caseload, type Limits, type Load } from '../caseload/caseload.ts';
import { meetsAt, type StaffLeave } from './leave.ts';

export interface CoverCaseload {
  before: Caseload;
  after: Caseload;
}

/** The caseload of who stands in, without and with the cases of who is away. Source: infra/reference/domain.md 1.4, 6.5. */
export function coverCaseloadOf(
  own: { loads: readonly Load[]; limits: Limits },
  added: readonly Load[],
): CoverCaseload {
  return {
    before: caseloadOf(own.loads, own.limits),
    after: caseloadOf([...own.loads, ...added], own.limits),
  };
}

/** Everybody in whose place a person stands on at least one day of an absence, each once. */
export function sharing(
  days: Pick<StaffLeave, 'startsOn' | 'endsOn'>,
  ofCover: readonly StaffLeave[],
): string[] {
  const meeting = ofCover.filter((one) => meetsAt(one, days));
  return [...new Set(meeting.map(({ staffId }) => staffId))];
}
