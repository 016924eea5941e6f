import { isBusinessDay, nextBusinessDay } from '@throughline/calendar';
import { dayIn, endOfDay, startOfDay, type Day, type Moment } from '@throughline/privacy';

/**
 * One business day later: the same time on the next day on which the program works. What begins on a day without work
 * counts from the beginning of the next business day.
 */
export function oneBusinessDayAfter({ now, timeZone }: Moment): Date {
  const day = dayIn(timeZone, now);
  const begins = isBusinessDay(day) ? day : nextBusinessDay(day);
  const offset = isBusinessDay(day) ? now.getTime() - startOfDay(day, timeZone).getTime() : 0;
  return atOffset(nextBusinessDay(begins), offset, timeZone);
}

/** The latest moment that lies one business day back: what began by then has waited so long. */
export function oneBusinessDayBefore({ now, timeZone }: Moment): Date {
  const day = dayIn(timeZone, now);
  if (!isBusinessDay(day)) return endOfDay(nextBusinessDay(nextBusinessDay(day, -1), -1), timeZone);
  return atOffset(nextBusinessDay(day, -1), now.getTime() - startOfDay(day, timeZone).getTime(), timeZone);
}

/** A day on which the clocks change has fewer hours than others. */
function atOffset(day: Day, offset: number, timeZone: string): Date {
  const at = startOfDay(day, timeZone).getTime() + offset;
  return new Date(Math.min(at, endOfDay(day, timeZone).getTime()));
}
