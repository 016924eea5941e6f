import { addDays, startOfDay, type Moment } from '@throughline/privacy';

/** Days before the due day on which somebody is told; below zero: after it. Source: infra/reference/domain.md 6.2. */
export const daysBefore = [7, 0, -14] as const;

export interface DueStep {
  daysLeft: number;
  at: Date;
}

/** The next step of the ladder that has not passed, at the start of its day in the time zone; null after the last one. */
export function nextDueStep(dueOn: string, told: number | null, at: Moment): DueStep | null {
  const steps = daysBefore.map((daysLeft) => ({
    daysLeft,
    at: startOfDay(addDays(dueOn, -daysLeft), at.timeZone),
  }));
  // A person who sets a day sees how near it is: an early warning that has passed by then is left out.
  const ahead = steps.filter((step) =>
    told === null ? step.daysLeft <= 0 || step.at > at.now : step.daysLeft < told,
  );
  const latestDue = ahead.findLast((step) => step.at <= at.now);
  return latestDue ?? ahead[0] ?? null;
}
