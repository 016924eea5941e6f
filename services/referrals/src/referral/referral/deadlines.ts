import { isBusinessDay } from '@throughline/calendar';
import { DateTime } from 'luxon';
import type { ReferralPriority } from './referral.ts';

const hour = 60 * 60 * 1000;

interface Limit {
  businessDays?: number;
  hours?: number;
}

/**
 * Hours count nights and holidays, too; business days are those of the agency. Source:
 * infra/reference/domain.md 2.10.
 */
const limits: Record<ReferralPriority, { decide: Limit; expire: Limit }> = {
  ROUTINE: { decide: { businessDays: 2 }, expire: { businessDays: 14 } },
  URGENT: { decide: { hours: 24 }, expire: { businessDays: 5 } },
  EMERGENT: { decide: { hours: 2 }, expire: { hours: 24 } },
};

/** When the agency should have answered, and when the referral expires without an answer. */
export function deadlinesOf(
  priority: ReferralPriority,
  from: Date,
  timeZone: string,
): { decideBy: Date; expiresAt: Date } {
  const { decide, expire } = limits[priority];
  return { decideBy: after(decide, from, timeZone), expiresAt: after(expire, from, timeZone) };
}

/** Time that was left on the clock, at least one business day. Source: infra/reference/domain.md 2.8 T6. */
export function resumedDeadline(pausedMs: number | null, now: Date, timeZone: string): Date {
  const least = addBusinessDays(now, 1, timeZone);
  const left = new Date(now.getTime() + (pausedMs ?? 0));
  return left > least ? left : least;
}

function after({ businessDays, hours }: Limit, from: Date, timeZone: string): Date {
  return businessDays === undefined
    ? new Date(from.getTime() + (hours ?? 0) * hour)
    : addBusinessDays(from, businessDays, timeZone);
}

/** The same time of day, `count` business days later on the agency's calendar. */
export function addBusinessDays(from: Date, count: number, timeZone: string): Date {
  let day = DateTime.fromJSDate(from, { zone: timeZone });
  for (let left = count; left > 0;) {
    day = day.plus({ days: 1 });
    if (isBusinessDay(day.toISODate() ?? '')) left -= 1;
  }
  return day.toJSDate();
}
