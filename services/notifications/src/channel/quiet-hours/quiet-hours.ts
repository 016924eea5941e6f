import type { InputIssue } from '@throughline/graphql/problems';
import { DateTime, IANAZone } from 'luxon';

/** Local wall-clock times, HH:mm. `from` after `to` spans midnight. */
export interface QuietHours {
  from: string;
  to: string;
}

/** Source: infra/reference/domain.md 6.1, 6.3. */
export const usualQuietHours: QuietHours = { from: '21:00', to: '08:00' };

/**
 * When a notification may signal: at once, or at the end of the recipient's quiet hours. The local time of
 * `timeZone` decides, so the night of a clock change is an hour shorter or longer.
 */
export function deliverAt(now: Date, timeZone: string, quiet: QuietHours = usualQuietHours): Date {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const [from, to, at] = [minuteOf(quiet.from), minuteOf(quiet.to), local.hour * 60 + local.minute];
  if (!isWithin(at, from, to)) return now;

  const day = from > to && at >= from ? local.plus({ days: 1 }) : local;
  return day.set({ hour: Math.floor(to / 60), minute: to % 60, second: 0, millisecond: 0 }).toJSDate();
}

/**
 * The first of these that is a valid IANA zone, otherwise UTC: a fault in a staff record must not stop an
 * alert.
 */
export function knownZone(...candidates: (string | null | undefined)[]): string {
  return candidates.find((zone) => zone && IANAZone.isValidZone(zone)) ?? 'UTC';
}

const longestMinutes = 14 * 60;

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Every fault of quiet hours that a person wants to set. */
export function quietFaults({ from, to }: QuietHours): InputIssue[] {
  const message = 'Give the time as HH:mm, for example 21:00.';
  const noTimes = Object.entries({ from, to }).filter(([, time]) => !isTime(time));
  if (noTimes.length > 0) return noTimes.map(([path]) => ({ path, code: 'NOT_A_TIME', message }));
  const minutes = (minuteOf(to) - minuteOf(from) + 24 * 60) % (24 * 60);
  if (minutes === 0)
    return [{ path: 'to', code: 'EMPTY', message: 'The two times are the same: give a start and an end.' }];
  return minutes > longestMinutes
    ? [{ path: 'to', code: 'TOO_LONG', message: 'Quiet hours last 14 hours at most.' }]
    : [];
}

function isWithin(at: number, from: number, to: number): boolean {
  return from > to ? at >= from || at < to : at >= from && at < to;
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
