import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { type InputIssue, invalidInput, invalidTransition, issueAt } from '@throughline/graphql/problems';
import { dayIsOver, endOfDay, startOfDay, today, type Day, type Moment } from '@throughline/privacy';
import type { StaffMember } from '../case-manager/case-manager.ts';
import { coverFault, type Cover } from './cover.ts';

/** An absence in days of the program, both included. */
export interface StaffLeave {
  id: string;
  staffId: string;
  startsOn: Day;
  endsOn: Day;
  coverId: string | null;
  recordedAt: Date;
  recordedBy: string;
  cancelledAt: Date | null;
  version: number;
}

export type LeaveDraft = Pick<StaffLeave, 'staffId' | 'startsOn' | 'endsOn' | 'coverId'>;

/** What counts for a new absence: the person, the other absences, and who stands in; null: nobody such is active. */
export interface Circumstances {
  away: Pick<StaffMember, 'id' | 'roles' | 'supervisorId'>;
  own: readonly StaffLeave[];
  cover: (Cover & { leaves: readonly StaffLeave[] }) | null;
}

/**
 * Records an absence that is not over; it may have begun. A person has one absence at a time, and who stands in is there
 * and may do the work: `coverFault`. Answers InvalidInput. Source: infra/reference/domain.md 6.5, 8.3.
 */
export function recordLeave(
  draft: LeaveDraft,
  by: string,
  circumstances: Circumstances,
  at: Moment,
): Decision<StaffLeave, never> {
  const faults = leaveFaults(draft, circumstances, at);
  if (faults.length > 0) return invalidInput(faults);
  const recorded = { recordedAt: at.now, recordedBy: by, cancelledAt: null, version: 1 };
  return { insert: { id: uuidV7(at.now), ...draft, ...recorded } };
}

/** Takes an absence back that is not over. */
export function cancelLeave(leave: StaffLeave, at: Moment): Decision<never, StaffLeave> {
  const isOver = leave.cancelledAt !== null || dayIsOver(leave.endsOn, at);
  if (isOver) return invalidTransition(leave.cancelledAt ? 'CANCELLED' : 'OVER', 'cancelLeave', []);
  return { update: { ...leave, cancelledAt: at.now } };
}

/** Whether the person is away at a moment, and who stands in then. */
export function standingAt(
  leaves: readonly StaffLeave[],
  at: Moment,
): { away: boolean; coverId: string | null } {
  const day = today(at);
  const present = leaves.find((leave) => counts(leave) && leave.startsOn <= day && day <= leave.endsOn);
  return { away: present !== undefined, coverId: present?.coverId ?? null };
}

/** The next moment at which somebody leaves or comes back; null: none. */
export function nextTurn(leaves: readonly StaffLeave[], { now, timeZone }: Moment): Date | null {
  const turns = leaves
    .filter(counts)
    .flatMap(({ startsOn, endsOn }) => [startOfDay(startsOn, timeZone), endOfDay(endsOn, timeZone)])
    .filter((turn) => turn > now);
  return turns.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

const counts = ({ cancelledAt }: StaffLeave): boolean => cancelledAt === null;

/** Whether an absence counts on at least one of these days. */
export function meetsAt(
  leave: StaffLeave,
  { startsOn, endsOn }: Pick<StaffLeave, 'startsOn' | 'endsOn'>,
): boolean {
  return counts(leave) && leave.startsOn <= endsOn && startsOn <= leave.endsOn;
}

function leaveFaults(draft: LeaveDraft, { away, own, cover }: Circumstances, at: Moment): InputIssue[] {
  const { staffId, startsOn, endsOn, coverId } = draft;
  const meets = (leave: StaffLeave) => meetsAt(leave, draft);
  const faults = [
    endsOn < startsOn && issueAt('endsOn', 'OUT_OF_RANGE', 'The last day is not before the first.'),
    dayIsOver(endsOn, at) && issueAt('endsOn', 'OUT_OF_RANGE', 'This absence is over.'),
    own.some(meets) && issueAt('startsOn', 'DUPLICATE', 'There is another absence at this time.'),
    coverId === staffId && issueAt('coverId', 'NOT_ALLOWED', 'Nobody stands in for themselves.'),
    coverId !== null && !cover && issueAt('coverId', 'UNKNOWN', 'There is no such active member of staff.'),
    cover?.leaves.some(meets) && issueAt('coverId', 'UNAVAILABLE', 'This person is away at the same time.'),
    cover && coverId !== staffId && coverFault(away, cover),
  ];
  return faults.filter((one): one is InputIssue => typeof one === 'object' && one !== null);
}
