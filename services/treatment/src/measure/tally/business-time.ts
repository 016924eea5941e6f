import { isBusinessDay } from '@throughline/calendar';
import { addDays, dayIn, endOfDay, startOfDay } from '@throughline/privacy';

/**
 * Minutes between two moments that lie on business days of the program's time zone; the zone of the agency is not known
 * here. Source: infra/reference/domain.md 2.10, 5.2.
 */
export function businessMinutes(from: Date, to: Date, timeZone: string): number {
  let ms = 0;
  const last = dayIn(timeZone, to);
  for (let day = dayIn(timeZone, from); day <= last; day = addDays(day, 1)) {
    if (!isBusinessDay(day)) continue;
    const begins = Math.max(startOfDay(day, timeZone).getTime(), from.getTime());
    const ends = Math.min(endOfDay(day, timeZone).getTime(), to.getTime());
    ms += Math.max(0, ends - begins);
  }
  return ms / 60_000;
}
