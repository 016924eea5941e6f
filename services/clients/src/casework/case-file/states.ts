import type { CasePhase, CaseStatus } from './case-file.ts';

/** What can be done with a case. */
export const caseCommandNames = [
  'DECIDE_SCREENING',
  'ADVANCE',
  'HOLD',
  'RESUME',
  'RETURN_TO_ACTIVE',
  'CLOSE',
  'REOPEN',
  'MARK_ENTERED_IN_ERROR',
  'ENTER_PHASE',
  'DESCRIBE',
  'LOG_CONTACT',
  'PLAN_NEXT_CONTACT',
  'ASSIGN_CASE_MANAGER',
  'RECORD_NEED',
] as const;
export type CaseCommand = (typeof caseCommandNames)[number];

export interface CaseState {
  commands: readonly CaseCommand[];
  /** Where ADVANCE leads. */
  next: CaseStatus | null;
  /** Phase that begins with this state; null: the phase of before goes on. */
  phase: CasePhase | null;
}

const begun = ['CLOSE', 'MARK_ENTERED_IN_ERROR', 'DESCRIBE', 'ASSIGN_CASE_MANAGER'] as const;
const open = [...begun, 'ENTER_PHASE', 'LOG_CONTACT', 'PLAN_NEXT_CONTACT', 'RECORD_NEED'] as const;
const waiting = [...begun, 'LOG_CONTACT', 'RECORD_NEED', 'DECIDE_SCREENING'] as const;

/** The states of a case, with what each allows. Source: infra/reference/domain.md 1.2. */
export const caseStates = {
  INQUIRY: { commands: [...waiting, 'PLAN_NEXT_CONTACT'], next: null, phase: 'SCREENING' },
  SCREENING: { commands: [...waiting, 'PLAN_NEXT_CONTACT'], next: null, phase: 'SCREENING' },
  WAITLISTED: { commands: waiting, next: null, phase: null },
  NOT_ELIGIBLE: { commands: ['MARK_ENTERED_IN_ERROR'], next: null, phase: null },
  OPEN_ASSESSMENT: { commands: [...open, 'ADVANCE'], next: 'OPEN_PLANNING', phase: 'ASSESSING' },
  OPEN_PLANNING: { commands: [...open, 'ADVANCE'], next: 'OPEN_ACTIVE', phase: 'PLANNING' },
  OPEN_ACTIVE: { commands: [...open, 'ADVANCE', 'HOLD'], next: 'TRANSITIONING', phase: 'IMPLEMENTING' },
  ON_HOLD: { commands: [...begun, 'LOG_CONTACT', 'RECORD_NEED', 'HOLD', 'RESUME'], next: null, phase: null },
  TRANSITIONING: { commands: [...open, 'ADVANCE'], next: 'AFTERCARE', phase: 'TRANSITIONING' },
  AFTERCARE: { commands: [...open, 'RETURN_TO_ACTIVE'], next: null, phase: 'POST_TRANSITION' },
  CLOSED: { commands: ['REOPEN', 'MARK_ENTERED_IN_ERROR'], next: null, phase: 'EVALUATING' },
  ENTERED_IN_ERROR: { commands: [], next: null, phase: null },
} as const satisfies Record<CaseStatus, CaseState>;

/** What a state of a case allows, before anybody asks for permission. */
export function commandsIn(status: CaseStatus): readonly CaseCommand[] {
  return caseStates[status].commands;
}

/** Whether a state of a case allows a command, before anybody asks for permission. */
export function allows(status: CaseStatus, command: CaseCommand): boolean {
  return commandsIn(status).includes(command);
}
