import { oneBusinessDayBefore } from '../case-file/business-day.ts';
import { cadenceDays } from '../case-file/cadence.ts';
import { isOpen, type CaseFile } from '../case-file/case-file.ts';
import { queueLimitMs } from '../next-step/next-step.ts';
import type { Moment } from '@throughline/privacy';

/** Gaps that the safety net finds. Source: infra/reference/domain.md 0 (S13), 6.2. */
export const caseRisks = [
  'NO_OWNER',
  'NO_NEXT_CONTACT',
  'CONTACT_OVERDUE',
  'CONTACT_LONG_OVERDUE',
  'REVIEW_OVERDUE',
  'UNASSIGNED_FOUR_HOURS',
  'UNASSIGNED_BUSINESS_DAY',
] as const;
export type CaseRisk = (typeof caseRisks)[number];

const day = 24 * 60 * 60 * 1000;

/** The moments by which a gap counts, for a look at many cases at once. */
export interface Bounds {
  now: Date;
  fourHoursAgo: Date;
  businessDayAgo: Date;
}

/** By the calendar of the program. */
export function boundsAt(at: Moment): Bounds {
  const fourHoursAgo = new Date(at.now.getTime() - queueLimitMs);
  return { now: at.now, fourHoursAgo, businessDayAgo: oneBusinessDayBefore(at) };
}

/**
 * Every gap of an open case. `hasOwner`: a member of staff who is active and may lead cases is its primary. On hold and on
 * the wait list the date of the next contact is the review. Source: infra/reference/domain.md 0 (S13).
 */
export function risksOf(caseFile: CaseFile, hasOwner: boolean, bounds: Bounds): CaseRisk[] {
  if (!isOpen(caseFile)) return [];
  const { status, queuedSince, nextContactDueAt: due, riskTier } = caseFile;
  const waits = status === 'ON_HOLD' || status === 'WAITLISTED';
  const isOverdue = due !== null && due < bounds.now;
  const longDue = new Date(bounds.now.getTime() - cadenceDays[riskTier] * day);
  const found: Record<CaseRisk, boolean> = {
    NO_OWNER: !hasOwner,
    NO_NEXT_CONTACT: due === null,
    CONTACT_OVERDUE: isOverdue && !waits,
    CONTACT_LONG_OVERDUE: due !== null && due < longDue && !waits,
    REVIEW_OVERDUE: isOverdue && waits,
    UNASSIGNED_FOUR_HOURS: queuedSince !== null && queuedSince <= bounds.fourHoursAgo,
    UNASSIGNED_BUSINESS_DAY: queuedSince !== null && queuedSince <= bounds.businessDayAgo,
  };
  return caseRisks.filter((risk) => found[risk]);
}
