import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { invalidInput, notFound, type InputIssue } from '@throughline/graphql/problems';
import type { Staff } from '../../inbox/staff/staff.ts';

/** A time in which pages of a crisis reach this person. */
export interface OnCallDuty {
  id: string;
  staffId: string;
  from: Date;
  until: Date;
  plannedBy: string;
}

const MOST_DAYS = 31;

/** Faults that a time on call has by itself. */
export function onCallFaults({ from, until }: Pick<OnCallDuty, 'from' | 'until'>, now: Date): InputIssue[] {
  const fault = (code: string, message: string) => [{ path: 'until', code, message }];
  if (until <= from) return fault('BEFORE_BEGINNING', 'The end is after the beginning.');
  if (until <= now) return fault('IN_PAST', 'This time is over.');
  const days = (until.getTime() - from.getTime()) / 86_400_000;
  return days > MOST_DAYS ? fault('TOO_LONG', `At most ${String(MOST_DAYS)} days at once.`) : [];
}

/** Puts a clinician on call. Source: infra/reference/domain.md 4.4. */
export function planOnCall(
  draft: Pick<OnCallDuty, 'staffId' | 'from' | 'until'>,
  known: { staff: Staff | null; overlaps: boolean },
  by: { id: string; now: Date },
): Decision<OnCallDuty, never> {
  const { staff, overlaps } = known;
  if (!staff?.active) return notFound('StaffMember');
  const faults: InputIssue[] = [];
  if (!staff.roles.includes('CLINICIAN'))
    faults.push({ path: 'staffId', code: 'NOT_A_CLINICIAN', message: 'Only a clinician is on call.' });
  if (overlaps)
    faults.push({ path: 'from', code: 'OVERLAPS', message: 'This person is on call at that time already.' });
  if (faults.length > 0) return invalidInput(faults);
  const { staffId, from, until } = draft;
  return { insert: { id: uuidV7(by.now), staffId, from, until, plannedBy: by.id } };
}
