import { caseFacts, type Fact } from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { addDays, endOfDay, startOfDay, today, type Moment } from '@throughline/privacy';
import { nextContactAfter } from './cadence.ts';
import { nextContactFacts } from './next-contact.ts';
import {
  phaseEntry,
  type CaseFile,
  type CasePhase,
  type CaseStatus,
  type CaseHoldReason,
  type PhaseEntry,
} from './case-file.ts';
import { allows, caseStates, commandsIn, type CaseCommand } from './states.ts';

/** A change of a case, and the entry into a phase that comes with it. */
export interface Moved {
  update: CaseFile;
  facts: readonly Fact[];
  entered: PhaseEntry | null;
}
export type Refusal = InvalidInput | InvalidTransition;

/** Who moves the case, and why. */
export interface By {
  staffId: string;
  reason?: string | null | undefined;
}

/** Source: infra/reference/domain.md 1.1 (phase 8). */
const firstAfterMoveMs = 24 * 60 * 60 * 1000;
/** A hold and a wait are looked at again within half a year. */
const longestReviewDays = 183;

/** The refusal of a command that the state does not allow; null when it does. */
export function refusalOf({ status }: CaseFile, command: CaseCommand): InvalidTransition | null {
  return allows(status, command) ? null : invalidTransition(status, command, [...commandsIn(status)]);
}

/** Moves a case to the state that follows. Source: infra/reference/domain.md 1.2. */
export function advance(caseFile: CaseFile, by: By, at: Moment): Moved | InvalidTransition {
  const to = caseStates[caseFile.status].next;
  if (to === null) return invalidTransition(caseFile.status, 'ADVANCE', [...commandsIn(caseFile.status)]);
  const isMove = to === 'TRANSITIONING' || to === 'AFTERCARE';
  const due = isMove ? { nextContactDueAt: new Date(at.now.getTime() + firstAfterMoveMs) } : {};
  return moved(caseFile, { to, changes: due, fact: 'advanced' }, by, at);
}

/** Pauses a case until a day of review, or names another day for a pause. Source: infra/reference/domain.md 1.2. */
export function hold(
  caseFile: CaseFile,
  { reason, reviewOn }: { reason: CaseHoldReason; reviewOn: string },
  by: By,
  at: Moment,
): Moved | Refusal {
  const refusal = refusalOf(caseFile, 'HOLD');
  if (refusal) return refusal;
  const faults = reviewFaults(reviewOn, at);
  if (faults.length > 0) return invalidInput(faults);
  const changes = { holdReason: reason, reviewOn, nextContactDueAt: endOfDay(reviewOn, at.timeZone) };
  return moved(caseFile, { to: 'ON_HOLD', changes, fact: 'held' }, by, at);
}

/** Ends a pause; the phase of before goes on. Source: infra/reference/domain.md 1.2. */
export function resume(caseFile: CaseFile, by: By, at: Moment): Moved | InvalidTransition {
  const refusal = refusalOf(caseFile, 'RESUME');
  if (refusal) return refusal;
  const change = { to: 'OPEN_ACTIVE', changes: active(caseFile, at), fact: 'resumed' } as const;
  return moved(caseFile, { ...change, phase: caseFile.phase }, by, at);
}

/** A return to use, or a new need, makes a case in aftercare active again. Source: infra/reference/domain.md 1.2. */
export function returnToActive(caseFile: CaseFile, by: By, at: Moment): Moved | InvalidTransition {
  const refusal = refusalOf(caseFile, 'RETURN_TO_ACTIVE');
  if (refusal) return refusal;
  const changes = active(caseFile, at);
  return moved(caseFile, { to: 'OPEN_ACTIVE', changes, fact: 'returnedToActive' }, by, at);
}

/** Enters a phase, also one of before: the process is not a line. Source: infra/reference/domain.md 1.1. */
export function enterPhase(
  caseFile: CaseFile,
  phase: CasePhase,
  by: By,
  at: Moment,
): Moved | InvalidTransition {
  const refusal = refusalOf(caseFile, 'ENTER_PHASE');
  if (refusal) return refusal;
  const { id: caseId, clientId } = caseFile;
  const update: CaseFile = { ...caseFile, phase };
  const entered = phase === caseFile.phase ? null : entryOf(update, by, at);
  return { update, facts: [caseFacts.phaseEntered.of(clientId, at.now, { clientId, caseId })], entered };
}

/** A case that should never have been there; it counts nowhere. Source: infra/reference/domain.md 1.2. */
export function markEnteredInError(caseFile: CaseFile, by: By, at: Moment): Moved | InvalidTransition {
  const refusal = refusalOf(caseFile, 'MARK_ENTERED_IN_ERROR');
  if (refusal) return refusal;
  const changes = { ...nothingWaits, closedAt: null, closureReason: null };
  const change = { to: 'ENTERED_IN_ERROR', changes, fact: 'enteredInError' } as const;
  const result = moved(caseFile, change, by, at);
  return { ...result, entered: entryOf({ ...caseFile, status: 'ENTERED_IN_ERROR' }, by, at) };
}

/** Days on which a pause or a wait can be reviewed: tomorrow at the earliest, within half a year. */
export function reviewFaults(reviewOn: string, at: Moment): InputIssue[] {
  const day = today(at);
  if (reviewOn <= day)
    return [{ path: 'reviewOn', code: 'NOT_IN_FUTURE', message: 'A review lies after today.' }];
  if (reviewOn > addDays(day, longestReviewDays))
    return [{ path: 'reviewOn', code: 'OUT_OF_RANGE', message: 'A review comes within half a year.' }];
  return [];
}

/** When the review of a pause or a wait is due: the beginning of its day in the program's zone. */
export function reviewDueAt({ reviewOn }: Pick<CaseFile, 'reviewOn'>, timeZone: string): Date | null {
  return reviewOn === null ? null : startOfDay(reviewOn, timeZone);
}

/** Fields of a case for which nobody waits any more. */
export const nothingWaits = {
  nextContactDueAt: null,
  plannedContact: null,
  holdReason: null,
  reviewOn: null,
} as const;

function active(caseFile: CaseFile, at: Moment): Partial<CaseFile> {
  return {
    holdReason: null,
    reviewOn: null,
    nextContactDueAt: nextContactAfter({ ...caseFile, status: 'OPEN_ACTIVE' }, at),
  };
}

export interface Change {
  to: CaseStatus;
  changes: Partial<CaseFile>;
  fact: keyof typeof caseFacts;
  /** Left out, it is the phase of the state. */
  phase?: CasePhase;
}

/** The case in its new state. An entry into a phase is written where the phase changes. */
export function moved(
  caseFile: CaseFile,
  { to, changes, fact, phase }: Change,
  by: By,
  { now }: Moment,
): Moved {
  const { id: caseId, clientId, status } = caseFile;
  const next = phase ?? caseStates[to].phase ?? caseFile.phase;
  const since = status === to ? caseFile.statusChangedAt : now;
  const update: CaseFile = { ...caseFile, ...changes, status: to, phase: next, statusChangedAt: since };
  const entered = next === caseFile.phase ? null : entryOf(update, by, { now });
  const step = caseFacts[fact].of(clientId, now, { clientId, caseId });
  return { update, facts: [step, ...nextContactFacts(caseFile, update, now)], entered };
}

function entryOf(caseFile: CaseFile, { staffId, reason = null }: By, { now }: { now: Date }): PhaseEntry {
  return phaseEntry(caseFile, { by: staffId, reason, now });
}
