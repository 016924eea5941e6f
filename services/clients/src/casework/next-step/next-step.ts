import { addDays, dayIn, endOfDay, startOfDay, type Moment } from '@throughline/privacy';
import { attemptsThatEscalate } from '../case-file/cadence.ts';
import { isOpen, type CaseFile } from '../case-file/case-file.ts';

export type CaseNextStepCode =
  | 'DECIDE_SCREENING'
  | 'ASSIGN_CASE_MANAGER'
  | 'REVIEW_WAIT_LIST'
  | 'REVIEW_HOLD'
  | 'PLAN_CONTACT'
  | 'TRY_ANOTHER_WAY'
  | 'CONTACT_PERSON'
  | 'FINISH_ASSESSMENT'
  | 'AGREE_ON_PLAN';

/** What is to be done next in a case: what, who, why, and until when. */
export interface CaseNextStep {
  code: CaseNextStepCode;
  /** Member of staff who does it; null: somebody who can assign the case, or who receives inquiries. */
  staffId: string | null;
  dueAt: Date;
  what: string;
  why: string;
}

/** When the limits of a case pass, computed with the calendar of the program. */
export interface Limits {
  /** One business day after the case was opened. */
  screeningDueAt: Date;
}

const hour = 60 * 60 * 1000;
/** A case waits for a case manager so long before it is told again. Source: infra/reference/domain.md 6.2. */
export const queueLimitMs = 4 * hour;
/** Source: infra/reference/domain.md 1.1 (phases 2 and 4). */
const assessmentDays = 7;
const planDays = 14;

const texts: Record<CaseNextStepCode, Pick<CaseNextStep, 'what' | 'why'>> = {
  DECIDE_SCREENING: {
    what: 'Decide whether the program takes the person.',
    why: 'Nobody knows yet where the person will get help.',
  },
  ASSIGN_CASE_MANAGER: { what: 'Assign a case manager.', why: 'Nobody leads the case.' },
  REVIEW_WAIT_LIST: { what: 'Review the place on the wait list.', why: 'The person waits for a place.' },
  REVIEW_HOLD: { what: 'Review the pause.', why: 'The case is on hold until this day.' },
  PLAN_CONTACT: { what: 'Plan a contact.', why: 'The case has no next contact.' },
  TRY_ANOTHER_WAY: {
    what: 'Try another way to reach the person.',
    why: 'Two attempts failed within one cadence.',
  },
  CONTACT_PERSON: { what: 'Contact the person.', why: 'The tier, or a plan, asks for a contact by then.' },
  FINISH_ASSESSMENT: {
    what: 'Finish the assessment and go on to planning.',
    why: 'An assessment ends within 7 days.',
  },
  AGREE_ON_PLAN: {
    what: 'Agree on the plan with the person and activate it.',
    why: 'A plan is agreed within 14 days.',
  },
};

/**
 * The next step of an open case; null for a case that has ended, and never otherwise. What makes the case stand still
 * comes first, then what is due earliest. Source: infra/reference/domain.md 0 (S13), 1.1, 4.6.
 */
export function nextStepOf(
  caseFile: CaseFile,
  ownerId: string | null,
  { screeningDueAt }: Limits,
  at: Moment,
): CaseNextStep | null {
  if (!isOpen(caseFile)) return null;
  const { status, queuedSince, openedAt, nextContactDueAt, failedAttempts } = caseFile;
  const step = (code: CaseNextStepCode, dueAt: Date): CaseNextStep => ({
    code,
    staffId: ownerId,
    dueAt,
    ...texts[code],
  });
  if (status === 'INQUIRY' || status === 'SCREENING') return step('DECIDE_SCREENING', screeningDueAt);
  if (status === 'WAITLISTED') return step('REVIEW_WAIT_LIST', reviewDay(caseFile, at));
  if (ownerId === null) {
    const since = queuedSince ?? openedAt;
    return step('ASSIGN_CASE_MANAGER', new Date(since.getTime() + queueLimitMs));
  }
  if (status === 'ON_HOLD') return step('REVIEW_HOLD', reviewDay(caseFile, at));
  if (nextContactDueAt === null) return step('PLAN_CONTACT', at.now);
  const code = failedAttempts >= attemptsThatEscalate ? 'TRY_ANOTHER_WAY' : 'CONTACT_PERSON';
  const contact = step(code, nextContactDueAt);
  const stage = stageOf(caseFile, at);
  return stage && stage.dueAt < contact.dueAt ? step(stage.code, stage.dueAt) : contact;
}

/** The work of the present state that has a limit of its own. */
function stageOf(
  { status, statusChangedAt }: CaseFile,
  { timeZone }: Moment,
): Pick<CaseNextStep, 'code' | 'dueAt'> | null {
  const after = (days: number) => endOfDay(addDays(dayIn(timeZone, statusChangedAt), days), timeZone);
  if (status === 'OPEN_ASSESSMENT') return { code: 'FINISH_ASSESSMENT', dueAt: after(assessmentDays) };
  return status === 'OPEN_PLANNING' ? { code: 'AGREE_ON_PLAN', dueAt: after(planDays) } : null;
}

function reviewDay({ reviewOn }: CaseFile, { now, timeZone }: Moment): Date {
  return reviewOn === null ? now : startOfDay(reviewOn, timeZone);
}
