import { addBusinessDays } from '@throughline/calendar';
import type { Care } from '@throughline/care';
import type { Decision } from '@throughline/command/decision';
import { nextStepClosed, uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, type InputIssue } from '@throughline/graphql/problems';
import { addDays, endOfDay, today, type Moment, type NeedCategory } from '@throughline/privacy';
import { doneElsewhere, mandatory, type Owner, type StepCode, type StepReason } from './codes.ts';
import type { Proposal, Within } from './follow-up.ts';

/** JOINED: an equal step is open, and this one is open when that one is closed for another cause. Nobody outside sees it. */
export type StepStatus = 'OPEN' | 'JOINED' | 'DONE' | 'NOT_NEEDED';
export type StepSource =
  'Screening' | 'CrisisAlert' | 'RiskStratification' | 'Medication' | 'SubstanceUseEntry';

/** A task that a record sets off: what, why, by whom and until when. */
export interface NextStep {
  id: string;
  clientId: string;
  what: StepCode;
  why: StepReason;
  sourceType: StepSource;
  sourceId: string;
  ownerRole: Owner;
  /** Null only while the client has neither case manager nor supervisor and nobody is the author. */
  ownerId: string | null;
  /** What the need would be, for RECORD_NEED. */
  needCategory: NeedCategory | null;
  dueAt: Date;
  createdAt: Date;
  status: StepStatus;
  closedAt: Date | null;
  closedBy: string | null;
  note: string | null;
  version: number;
}

/** The record that sets steps off, and the people who may own them. */
export interface Cause {
  clientId: string;
  sourceType: StepSource;
  sourceId: string;
  authorId: string | null;
  /** Whether the author is a clinician. */
  byClinician: boolean;
  care: Pick<Care, 'caseManagerId' | 'supervisorId'> | null;
}

/** The tasks that a record sets off. Source: infra/reference/domain.md 4.3. */
export function proposeSteps(
  proposals: readonly (Proposal & { why: StepReason })[],
  cause: Cause,
  at: Moment,
): NextStep[] {
  const { clientId, sourceType, sourceId } = cause;
  return proposals.map(({ what, why, owner, within, need }) => ({
    ...{ id: uuidV7(at.now), clientId, what, why, sourceType, sourceId },
    ...{ ownerRole: owner, ownerId: ownerOf(owner, cause), needCategory: need ?? null },
    ...{ dueAt: dueAt(within, at), createdAt: at.now },
    ...{ status: 'OPEN', closedAt: null, closedBy: null, note: null, version: 1 },
  }));
}

function ownerOf(owner: Owner, { authorId, byClinician, care }: Cause): string | null {
  const { caseManagerId = null, supervisorId = null } = care ?? {};
  const inOrder: Record<Owner, (string | null)[]> = {
    AUTHOR: [authorId, caseManagerId, supervisorId],
    CASE_MANAGER: [caseManagerId, supervisorId, authorId],
    SUPERVISOR: [supervisorId, caseManagerId, authorId],
    CLINICIAN: [byClinician ? authorId : null, supervisorId, caseManagerId, authorId],
  };
  return inOrder[owner].find((id) => id !== null) ?? null;
}

/** When it is due. Business days are those of the program; 0 of them is today. */
export function dueAt(within: Within, at: Moment): Date {
  const { now, timeZone } = at;
  if ('minutes' in within) return new Date(now.getTime() + within.minutes * 60_000);
  if ('hours' in within) return new Date(now.getTime() + within.hours * 3_600_000);
  const day = today(at);
  const last = 'days' in within ? addDays(day, within.days) : addBusinessDays(day, within.businessDays);
  return endOfDay(last, timeZone);
}

/** How a step is closed by hand. */
export interface Closing {
  result: 'DONE' | 'NOT_NEEDED';
  note?: string | null | undefined;
}

/**
 * Closes a step. NOT_NEEDED needs a note; some steps must be done, others are closed by what they ask for. Answers
 * InvalidInput or InvalidTransition. Source: infra/reference/domain.md 4.3, 4.4.
 */
export function completeStep(
  step: NextStep,
  { result, note = null }: Closing,
  by: { id: string; now: Date },
): Decision<never, NextStep> {
  if (step.status !== 'OPEN') return invalidTransition(step.status, 'completeNextStep', []);
  const faults: InputIssue[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  if (result === 'DONE' && doneElsewhere.includes(step.what))
    fault('result', 'DONE_ELSEWHERE', 'It is done when what it asks for is recorded.');
  if (result === 'NOT_NEEDED' && mandatory.includes(step.what))
    fault('result', 'MANDATORY', 'This step must be done.');
  if (result === 'NOT_NEEDED' && step.what === 'C_SSRS_SCREENER')
    fault('result', 'MANDATORY', 'A clinician who signs without it closes this step.');
  if (result === 'NOT_NEEDED' && !note?.trim()) fault('note', 'REQUIRED', 'Say why it is not needed.');
  if (faults.length > 0) return invalidInput(faults);
  const { id: stepId, clientId } = step;
  const update = { ...step, status: result, closedAt: by.now, closedBy: by.id, note };
  return { update, facts: [nextStepClosed.of(clientId, by.now, { stepId, clientId })] };
}
