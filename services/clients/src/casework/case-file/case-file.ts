import { caseOpened, uuidV7, type Fact } from '@throughline/events';
import { endOfDay, addDays, today, type Moment } from '@throughline/privacy';
import type { CareSetting } from '../../workforce/case-manager/whom-and-where.ts';

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

/** How intense the contact is; treatment sets it. Source: infra/reference/domain.md 4.6. */
export type RiskTier = 'CRISIS' | 'HIGH' | 'MODERATE' | 'LOW' | 'MONITOR';
/** Source: infra/reference/domain.md 1.1. */
export type CaseModel =
  'BROKER_GENERALIST' | 'STRENGTHS_BASED' | 'ASSERTIVE_COMMUNITY_TREATMENT' | 'CLINICAL_REHABILITATION';
export type CaseHoldReason =
  | 'CLIENT_HOSPITALIZED'
  | 'CLIENT_INCARCERATED'
  | 'CLIENT_AWAY'
  | 'CLIENT_REQUEST'
  | 'AWAITING_SERVICE'
  | 'OTHER';

/** A contact that somebody planned. */
export interface PlannedContact {
  channel: 'CALL' | 'TEXT' | 'EMAIL' | 'VIDEO' | 'IN_PERSON' | 'MAIL';
  purpose:
    | 'CHECK_IN'
    | 'ASSESSMENT'
    | 'PLANNING'
    | 'COORDINATION'
    | 'CRISIS'
    | 'OUTREACH'
    | 'POST_TRANSITION'
    | 'OTHER';
  plannedBy: string;
  /** RFC 3339. */
  plannedAt: string;
}

export interface CaseFile {
  id: string;
  clientId: string;
  status: CaseStatus;
  phase: CasePhase;
  riskTier: RiskTier;
  caseModel: CaseModel | null;
  setting: CareSetting | null;
  program: string | null;
  openedAt: Date;
  statusChangedAt: Date;
  /** Null only for an ended case. On hold and on the wait list it is the end of the day of review. */
  nextContactDueAt: Date | null;
  plannedContact: PlannedContact | null;
  lastReachedAt: Date | null;
  failedAttempts: number;
  /** Since when the case waits for a case manager; null while it has one. */
  queuedSince: Date | null;
  holdReason: CaseHoldReason | null;
  /** Day of the program on which a hold, or a place on the wait list, is reviewed. */
  reviewOn: string | null;
  closureReason: ClosureReason | null;
  closureNote: string | null;
  overrideNote: string | null;
  closedAt: Date | null;
  closedBy: string | null;
  previousCaseId: string | null;
  version: number;
}

/** One entry of a case into a phase. */
export interface PhaseEntry {
  id: string;
  caseId: string;
  clientId: string;
  phase: CasePhase;
  status: CaseStatus;
  enteredAt: Date;
  /** Null for a timer, and for entries of before phases were recorded. */
  enteredBy: string | null;
  reason: string | null;
}

/** What is known of a case when it begins. */
export interface CaseStart extends Partial<Pick<CaseFile, 'caseModel' | 'setting' | 'program'>> {
  status?: 'SCREENING' | 'OPEN_ASSESSMENT';
  /** The newest case of the person so far. */
  previous?: Pick<CaseFile, 'id' | 'openedAt'> | null;
}

const ended: readonly CaseStatus[] = ['NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR'];

export function isOpen({ status }: Pick<CaseFile, 'status'>): boolean {
  return !ended.includes(status);
}

/**
 * A case begins with the assessment, or with the screening decision. The first contact is due within 7 days of the
 * program. It waits in the queue until it has a case manager. Source: infra/reference/domain.md 1.1 (phase 2), 1.2.
 */
export function openCase(
  clientId: string,
  at: Moment,
  { status = 'OPEN_ASSESSMENT', previous = null, ...start }: CaseStart = {},
): { caseFile: CaseFile; fact: Fact } {
  const { now, timeZone } = at;
  const caseFile: CaseFile = {
    ...{ id: uuidV7(now), clientId, status, riskTier: 'MODERATE', statusChangedAt: now },
    openedAt: beginningAfter(previous, now),
    phase: status === 'SCREENING' ? 'SCREENING' : 'ASSESSING',
    nextContactDueAt: endOfDay(addDays(today(at), 7), timeZone),
    ...{ caseModel: null, setting: null, program: null, previousCaseId: previous?.id ?? null, ...start },
    ...{ plannedContact: null, lastReachedAt: null, failedAttempts: 0, queuedSince: now },
    ...{ holdReason: null, reviewOn: null, version: 1, ...notClosed },
  };
  return { caseFile, fact: caseOpened.of(clientId, now, { clientId, caseId: caseFile.id }) };
}

/** The newest case is the one with the latest beginning, so no two cases of a person begin in the same millisecond. */
function beginningAfter(previous: Pick<CaseFile, 'openedAt'> | null, now: Date): Date {
  return previous && previous.openedAt >= now ? new Date(previous.openedAt.getTime() + 1) : now;
}

/** The fields of the closure of a case that is not closed. */
export const notClosed = {
  closureReason: null,
  closureNote: null,
  overrideNote: null,
  closedAt: null,
  closedBy: null,
} as const;

/** The entry into the present phase of a case. */
export function phaseEntry(
  { id: caseId, clientId, phase, status }: CaseFile,
  { by, reason = null, now }: { by: string | null; reason?: string | null; now: Date },
): PhaseEntry {
  return {
    ...{ id: uuidV7(now), caseId, clientId, phase, status },
    ...{ enteredAt: now, enteredBy: by, reason },
  };
}
