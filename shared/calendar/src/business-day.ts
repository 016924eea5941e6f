import { addDays, type Day } from '@throughline/privacy';
import Holidays from 'date-holidays';

const holidays = new Holidays('US');

/**
 * Whether people work on the day: neither a weekend nor a public holiday of the US. A business day means the same in all
 * services. Source: infra/reference/domain.md 2.10.
 */
export function isBusinessDay(day: Day): boolean {
  if (isWeekend(day)) return false;
  // The library reads the calendar day of a date in the zone of the machine: noon is the same day everywhere.
  const found = holidays.isHoliday(new Date(`${day}T12:00:00`));
  return found === false || found.every(({ type }) => type !== 'public');
}

/** The next business day after the day, or the last one before it. */
export function nextBusinessDay(day: Day, step: 1 | -1 = 1): Day {
  const candidate = addDays(day, step);
  return isBusinessDay(candidate) ? candidate : nextBusinessDay(candidate, step);
}

/** The business day that is `count` business days after the day; the day itself for 0. */
export function addBusinessDays(day: Day, count: number): Day {
  return count > 0 ? addBusinessDays(nextBusinessDay(day), count - 1) : day;
}

/** 1970-01-03 was a Saturday. */
function isWeekend(day: Day): boolean {
  const days = Date.parse(day) / (24 * 60 * 60 * 1000);
  return (((days - 2) % 7) + 7) % 7 < 2;
}
