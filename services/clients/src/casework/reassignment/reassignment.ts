import { bandOf, caseloadOf, pointsOf, type Caseload, type Load } from '../../workforce/caseload/caseload.ts';
import type { Staffing } from '../assignment/staffing.ts';
import { suggestionOf, type CaseWish } from '../suggestion/suggestion.ts';

export type ReassignmentState = 'PENDING' | 'MOVED' | 'REFUSED' | 'SKIPPED';
export type ReassignmentCode = 'CASELOAD_OVER' | 'NOBODY_OPEN' | 'BLOCKED' | 'CHANGED';

/** A case that looks for a new case manager. */
export interface MovingCase {
  caseId: string;
  clientId: string;
  load: Load;
  wish: CaseWish;
}

/** A case and who gets it; null: nobody can take it. */
export interface Move {
  caseId: string;
  clientId: string;
  to: string | null;
  state: ReassignmentState;
  code: ReassignmentCode | null;
}

export interface Receiver {
  staffing: Staffing;
  cases: number;
  before: Caseload;
  after: Caseload;
}

export interface ReassignmentPlan {
  moves: Move[];
  receivers: Receiver[];
}

/**
 * Gives each case, the heaviest first, to the person who fits it best among those who have room. Where nobody has room,
 * and only when limits may be passed, it goes to the caseload that is least full. The same input gives the same plan.
 * Source: infra/reference/domain.md 1.4.
 */
export function planReassignment(
  cases: readonly MovingCase[],
  to: readonly Staffing[],
  mayPassLimit: boolean,
): ReassignmentPlan {
  const receivers = to.map((staffing) => receiverOf(staffing));
  const open = receivers.filter(isOpen);
  const inOrder = [...cases].sort(
    (one, other) => pointsOf(other.load) - pointsOf(one.load) || (one.caseId < other.caseId ? -1 : 1),
  );
  const moves = inOrder.map((moving) => {
    const { caseId, clientId } = moving;
    const receiver = chosenFor(moving, open, mayPassLimit);
    if (receiver) {
      take(receiver, moving.load);
      return { caseId, clientId, to: receiver.staffing.staff.id, state: 'PENDING' as const, code: null };
    }
    const code = open.length > 0 ? ('CASELOAD_OVER' as const) : ('NOBODY_OPEN' as const);
    return { caseId, clientId, to: null, state: 'REFUSED' as const, code };
  });
  return { moves, receivers };
}

/** Whether cases may go to a person: by credential, and not while the person is away. */
export function isOpen({ staffing }: Pick<Receiver, 'staffing'>): boolean {
  return staffing.gate.isOpen && !staffing.staff.away;
}

/** The caseload after one more case, without counting all others again. */
function withLoad({ points, limit, headCount, headCountLimit }: Caseload, load: Load): Caseload {
  const sum = Math.round((points + pointsOf(load)) * 10_000) / 10_000;
  const after = { points: sum, limit, headCount: headCount + load.count, headCountLimit };
  return { ...after, band: bandOf(after), byTier: [] };
}

function receiverOf(staffing: Staffing): Receiver {
  const before = caseloadOf(staffing.loads, staffing.limits);
  return { staffing, cases: 0, before, after: before };
}

function take(receiver: Receiver, load: Load): void {
  receiver.cases += 1;
  receiver.after = withLoad(receiver.after, load);
}

function chosenFor(moving: MovingCase, open: readonly Receiver[], mayPassLimit: boolean): Receiver | null {
  const options = open.map((receiver) => {
    const after = withLoad(receiver.after, moving.load);
    return { receiver, isOver: after.band === 'OVER', share: after.points / after.limit };
  });
  const fitting = options.filter(({ isOver }) => !isOver);
  if (fitting.length === 0 && !mayPassLimit) return null;
  const scored = (fitting.length > 0 ? fitting : options).map((option) => ({
    ...option,
    score: fitting.length > 0 ? fitOf(moving, option.receiver) - option.share * 20 : -option.share,
  }));
  scored.sort((one, other) => other.score - one.score || one.share - other.share);
  return scored[0]?.receiver ?? null;
}

/** What speaks for a person whatever the caseload: room counts as it is at that step of the plan. */
function fitOf({ wish, load }: MovingCase, { staffing }: Receiver): number {
  const { reasons } = suggestionOf(wish, load, { ...staffing, loads: [] });
  return reasons.filter(({ code }) => code !== 'ROOM').reduce((sum, { points }) => sum + points, 0);
}
