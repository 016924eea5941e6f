import type { Decision } from '@throughline/command/decision';
import { caseClosed, caseOpened, uuidV7, type Fact } from '@throughline/events';
import { invalidTransition } from '@throughline/graphql/problems';

export type CaseStatus =
  | 'INQUIRY'
  | 'SCREENING'
  | 'NOT_ELIGIBLE'
  | 'WAITLISTED'
  | 'OPEN_ASSESSMENT'
  | 'OPEN_PLANNING'
  | 'OPEN_ACTIVE'
  | 'ON_HOLD'
  | 'TRANSITIONING'
  | 'AFTERCARE'
  | 'CLOSED'
  | 'ENTERED_IN_ERROR';
export type CasePhase =
  | 'SCREENING'
  | 'ASSESSING'
  | 'STRATIFYING_RISK'
  | 'PLANNING'
  | 'IMPLEMENTING'
  | 'FOLLOWING_UP'
  | 'TRANSITIONING'
  | 'POST_TRANSITION'
  | 'EVALUATING';
export type ClosureReason =
  | 'GOALS_MET'
  | 'TRANSFERRED'
  | 'CLIENT_DECLINED'
  | 'UNABLE_TO_CONTACT'
  | 'MOVED_OUT_OF_AREA'
  | 'INELIGIBLE'
  | 'INCARCERATED'
  | 'INSTITUTIONALISED'
  | 'DECEASED'
  | 'SAFETY_CONCERN'
  | 'PROGRAM_CLOSED'
  | 'ADMINISTRATIVE'
  | 'DUPLICATE';

export interface CaseFile {
  id: string;
  clientId: string;
  status: CaseStatus;
  phase: CasePhase;
  openedAt: Date;
  nextContactDueAt: Date | null;
  closureReason: ClosureReason | null;
  closedAt: Date | null;
  version: number;
}

const ended: readonly CaseStatus[] = ['NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR'];
const day = 24 * 60 * 60 * 1000;

export function isOpen({ status }: Pick<CaseFile, 'status'>): boolean {
  return !ended.includes(status);
}

/**
 * A case begins with the assessment; the first contact is due within 7 days.
 * Source: infra/reference/domain.md 1.1 (phase 2), 1.2.
 */
export function openCase(clientId: string, now: Date): { caseFile: CaseFile; fact: Fact } {
  const caseFile: CaseFile = {
    id: uuidV7(now),
    clientId,
    status: 'OPEN_ASSESSMENT',
    phase: 'ASSESSING',
    openedAt: now,
    nextContactDueAt: new Date(now.getTime() + 7 * day),
    closureReason: null,
    closedAt: null,
    version: 1,
  };
  return { caseFile, fact: caseOpened.of(clientId, now, { clientId, caseId: caseFile.id }) };
}

/** Closes a case that is open. Source: infra/reference/domain.md 1.2. */
export function closeCase(caseFile: CaseFile, reason: ClosureReason, now: Date): Decision<never, CaseFile> {
  if (!isOpen(caseFile)) return invalidTransition(caseFile.status, 'closeCase', []);
  const { id: caseId, clientId } = caseFile;
  return {
    update: {
      ...caseFile,
      status: 'CLOSED',
      phase: 'EVALUATING',
      nextContactDueAt: null,
      closureReason: reason,
      closedAt: now,
    },
    facts: [caseClosed.of(clientId, now, { clientId, caseId })],
  };
}
