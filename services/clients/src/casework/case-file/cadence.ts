import { addDays, dayIn, endOfDay, type Moment } from '@throughline/privacy';
import type { CaseFile, RiskTier } from './case-file.ts';

/**
 * Within how many days of the program the next contact is due. MODERATE is due after a week and is told to the
 * supervisor after two. Source: infra/reference/domain.md 4.6.
 */
export const cadenceDays: Record<RiskTier, number> = {
  CRISIS: 1,
  HIGH: 3,
  MODERATE: 7,
  LOW: 30,
  MONITOR: 91,
};

/** Within how many days a contact that is planned must come, by what the tier allows at most. */
export const latestDays: Record<RiskTier, number> = {
  CRISIS: 1,
  HIGH: 4,
  MODERATE: 14,
  LOW: 31,
  MONITOR: 92,
};

/** So many failed attempts within one cadence start an outreach. Source: infra/reference/domain.md 4.6. */
export const attemptsThatEscalate = 2;

/** Contacts after a move, in hours from it. Source: infra/reference/domain.md 1.1 (phase 8). */
const slotHours = [24, 72, 7 * 24, 30 * 24];
const hour = 60 * 60 * 1000;

/**
 * When the next contact is due after the person was reached: the end of a day of the program, by the cadence of the
 * tier; after a move by its slots, when one comes earlier. On hold and on the wait list the review stays.
 */
export function nextContactAfter(
  { status, riskTier, statusChangedAt, nextContactDueAt }: CaseFile,
  { now: reachedAt, timeZone }: Moment,
): Date | null {
  if (status === 'ON_HOLD' || status === 'WAITLISTED') return nextContactDueAt;
  const byTier = endOfDay(addDays(dayIn(timeZone, reachedAt), cadenceDays[riskTier]), timeZone);
  if (status !== 'TRANSITIONING' && status !== 'AFTERCARE') return byTier;
  const slots = slotHours.map((hours) => statusChangedAt.getTime() + hours * hour);
  const slot = slots.find((due) => due > reachedAt.getTime());
  return slot === undefined || slot > byTier.getTime() ? byTier : new Date(slot);
}

/** The earliest moment whose attempts still count within one cadence. */
export function windowStart({ riskTier }: Pick<CaseFile, 'riskTier'>, now: Date): Date {
  return new Date(now.getTime() - cadenceDays[riskTier] * 24 * hour);
}
