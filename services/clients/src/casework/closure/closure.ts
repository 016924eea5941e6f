import type { Change } from '@throughline/command/decision';
import { caseClosed, clientDied } from '@throughline/events';
import {
  invalidInput,
  isProblem,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
  type Problem,
} from '@throughline/graphql/problems';
import { addDays, dayIn, today, type Moment } from '@throughline/privacy';
import { notClosed, openCase, type CaseFile, type ClosureReason } from '../case-file/case-file.ts';
import { moved, nothingWaits, refusalOf, type By, type Moved } from '../case-file/moves.ts';
import { nextContactFacts } from '../case-file/next-contact.ts';
import { changeNeedStatus, isLive, type Need } from '../need/need.ts';

export type CloseBlockerKind = 'OPEN_CRISIS' | 'LIVE_REFERRAL' | 'DRAFT_WORK' | 'CONTACT_OVERDUE';
export type CloseEffectKind =
  'REFERRALS_END_NOW' | 'REFERRALS_END_IN_A_DAY' | 'NEEDS_UNMET' | 'REMINDERS_STOP' | 'LEAVES_CASELOAD';
export interface Counted<Kind> {
  kind: Kind;
  count: number;
}

/** What is open for a client while a case is about to be closed. */
export interface OpenWork {
  crises: number;
  referrals: number;
  drafts: number;
  needs: readonly Need[];
  hasOwner: boolean;
}

/** What holds up the end of a case; nothing was changed. */
export interface CloseBlocked extends Problem {
  kind: 'CloseBlocked';
  blockers: Counted<CloseBlockerKind>[];
}

/** Why, when and by whom a case was closed. */
export interface Closure {
  clientId: string;
  reason: ClosureReason;
  closedAt: Date;
  closedBy: string | null;
  note: string | null;
  override: string | null;
}

export interface Closing {
  reason: ClosureReason;
  note?: string | null | undefined;
  override?: string | null | undefined;
  deceasedOn?: string | null | undefined;
}

/** A closed case keeps its id when it is opened again within so many days. Source: infra/reference/domain.md 1.2. */
const reopenDays = 90;

/** What holds up the end of a case, when the person is alive. Source: infra/reference/domain.md 1.2. */
export function blockersOf(caseFile: CaseFile, open: OpenWork, now: Date): Counted<CloseBlockerKind>[] {
  const { status, nextContactDueAt } = caseFile;
  const isAfterMove = status === 'TRANSITIONING' || status === 'AFTERCARE';
  const isOverdue = isAfterMove && nextContactDueAt !== null && nextContactDueAt < now;
  return present([
    { kind: 'OPEN_CRISIS', count: open.crises },
    { kind: 'LIVE_REFERRAL', count: open.referrals },
    { kind: 'DRAFT_WORK', count: open.drafts },
    { kind: 'CONTACT_OVERDUE', count: isOverdue ? 1 : 0 },
  ]);
}

/** What the end of a case does to the rest. */
export function effectsOf(
  caseFile: CaseFile,
  open: OpenWork,
  reason: ClosureReason,
): Counted<CloseEffectKind>[] {
  const ends = reason === 'DECEASED' ? 'REFERRALS_END_NOW' : 'REFERRALS_END_IN_A_DAY';
  const waits = caseFile.nextContactDueAt !== null || caseFile.reviewOn !== null;
  return present([
    { kind: ends, count: open.referrals },
    { kind: 'NEEDS_UNMET', count: open.needs.filter(isLive).length },
    { kind: 'REMINDERS_STOP', count: waits ? 1 : 0 },
    { kind: 'LEAVES_CASELOAD', count: open.hasOwner ? 1 : 0 },
  ]);
}

/** Whether the case can be closed: death waits for nothing, and a supervisor overrides the rest. */
export function mayClose(
  blockers: readonly unknown[],
  reason: ClosureReason,
  isOverridden: boolean,
): boolean {
  return blockers.length === 0 || reason === 'DECEASED' || isOverridden;
}

/**
 * Closes a case that is open, with its needs. `canOverride`: the caller is a supervisor. Source:
 * infra/reference/domain.md 1.2.
 */
export function closeCase(
  caseFile: CaseFile,
  closing: Closing,
  { open, by, canOverride }: { open: OpenWork; by: string; canOverride: boolean },
  at: Moment,
): (Moved & { needs: Change<never, Need>[] }) | CloseBlocked | InvalidInput | InvalidTransition {
  const refusal = refusalOf(caseFile, 'CLOSE');
  if (refusal) return refusal;
  const faults = deathFaults(closing, at);
  if (faults.length > 0) return invalidInput(faults);
  const blockers = blockersOf(caseFile, open, at.now);
  if (!mayClose(blockers, closing.reason, canOverride && Boolean(closing.override))) return blocked(blockers);

  const { id: caseId, clientId } = caseFile;
  const { reason, note = null } = closing;
  const overrideNote = blockers.length > 0 && canOverride ? (closing.override ?? null) : null;
  const closure = { closureReason: reason, closureNote: note, overrideNote, closedAt: at.now, closedBy: by };
  const changes = { ...nothingWaits, ...closure };
  const end = moved(caseFile, { to: 'CLOSED', changes, fact: 'advanced' }, { staffId: by }, at);
  const needs = open.needs.filter(isLive).map((need) => unmet(need, at.now));
  const facts = [
    ...needs.flatMap((need) => need.facts ?? []),
    caseClosed.of(clientId, at.now, { clientId, caseId, reason }),
    ...nextContactFacts(caseFile, end.update, at.now),
    ...(closing.deceasedOn
      ? [clientDied.of(clientId, at.now, { clientId, diedOn: closing.deceasedOn })]
      : []),
  ];
  return { ...end, facts, needs };
}

export type Reopening = { sameCase: Moved } | { newCase: ReturnType<typeof openCase> };

/**
 * Opens a closed case again. Until the 90th day after it was closed, in days of the program, it is the same case; later
 * a new one that names it. Source: infra/reference/domain.md 1.2.
 */
export function reopen(caseFile: CaseFile, by: By, at: Moment): Reopening | InvalidTransition {
  const refusal = refusalOf(caseFile, 'REOPEN');
  if (refusal) return refusal;
  const { closedAt, clientId, caseModel, setting, program } = caseFile;
  const lastDay = closedAt && addDays(dayIn(at.timeZone, closedAt), reopenDays);
  const start = { caseModel, setting, program, previous: caseFile };
  const fresh = openCase(clientId, at, start);
  if (!lastDay || today(at) > lastDay) return { newCase: fresh };
  const { nextContactDueAt } = fresh.caseFile;
  const changes = { ...nothingWaits, ...notClosed, nextContactDueAt, failedAttempts: 0 };
  return { sameCase: moved(caseFile, { to: 'OPEN_ASSESSMENT', changes, fact: 'reopened' }, by, at) };
}

function unmet(need: Need, now: Date): Change<never, Need> {
  const change = changeNeedStatus(need, 'UNMET', [], now);
  if (isProblem(change)) throw new Error(`A need that is ${need.status} cannot become UNMET`);
  return change;
}

/** The day of death is known when the case is closed for it, and only then. */
function deathFaults({ reason, deceasedOn }: Closing, at: Moment): InputIssue[] {
  const path = 'deceasedOn';
  if (reason !== 'DECEASED')
    return deceasedOn
      ? [{ path, code: 'NOT_ALLOWED', message: 'Only a case that is closed as DECEASED has it.' }]
      : [];
  if (!deceasedOn) return [{ path, code: 'MISSING', message: 'Name the day on which the person died.' }];
  return deceasedOn > today(at) ? [{ path, code: 'IN_FUTURE', message: 'This day has not come yet.' }] : [];
}

function blocked(blockers: Counted<CloseBlockerKind>[]): CloseBlocked {
  const message = `The case cannot be closed yet: ${blockers.map(({ kind }) => kind).join(', ')}. A supervisor may override it with a text: askToCloseCase.`;
  return { kind: 'CloseBlocked', message, blockers };
}

function present<Kind>(counts: Counted<Kind>[]): Counted<Kind>[] {
  return counts.filter(({ count }) => count > 0);
}
