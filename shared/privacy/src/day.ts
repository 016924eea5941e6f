/** Calendar day, `YYYY-MM-DD`. What day it is depends on the time zone, so a `Date` becomes a day only here. */
export type Day = string;

/** A moment, and the IANA time zone that says which day it is then: of the program, or of the agency. */
export interface Moment {
  now: Date;
  timeZone: string;
}

/** The present moment of a context that has a clock and a time zone. */
export function momentOf({ now, timeZone }: { now: () => Date; timeZone: string }): Moment {
  return { now: now(), timeZone };
}

/** Whether the text is a calendar day that exists. */
export function isDay(text: string): text is Day {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    isInstant(`${text}T00:00:00Z`) &&
    dayIn('UTC', new Date(text)) === text
  );
}

/** Whether the text is an IANA name that this system knows. */
export function isTimeZone(name: string): boolean {
  try {
    dayIn(name, new Date(0));
    return true;
  } catch {
    return false;
  }
}

/** Whether the text is an instant that can be read. */
export function isInstant(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

/** The day on the calendar of a time zone at an instant. */
export function dayIn(timeZone: string, instant: Date): Day {
  const { year = '', month = '', day = '' } = clockIn(timeZone, instant);
  return `${year.padStart(4, '0')}-${month}-${day}`;
}

/** The day now, in the time zone that counts. */
export function today({ now, timeZone }: Moment): Day {
  return dayIn(timeZone, now);
}

/** Whether the whole day has passed, in the time zone that counts. */
export function dayIsOver(day: Day, at: Moment): boolean {
  return day < today(at);
}

/** The day `count` days later; earlier when negative. */
export function addDays(day: Day, count: number): Day {
  return dayIn('UTC', new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs));
}

/** Days from one day to another; negative when it is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** The same date `count` years later; 29 February becomes 1 March in a year that has no 29 February. */
export function addYears(day: Day, count: number): Day {
  const year = String(Number(day.slice(0, 4)) + count).padStart(4, '0');
  const moved = `${year}${day.slice(4)}`;
  return isDay(moved) ? moved : `${year}-03-01`;
}

/** Years completed between two days. */
export function yearsBetween(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** The first instant of the day in a time zone. It is not always 00:00: some clocks change at midnight. */
export function startOfDay(day: Day, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The clocks may change between the two; midnight is then ahead of UTC by one of the two offsets.
  const offsets = [midnight - 2 * dayMs, midnight + 2 * dayMs].map((at) => offsetAt(new Date(at), timeZone));
  const candidates = offsets.map((offset) => midnight - offset).sort((a, b) => a - b);
  return new Date(candidates.find((at) => dayIn(timeZone, new Date(at)) >= day) ?? midnight);
}

/** The first instant after the day in a time zone: what lasts to the end of the day ends here. */
export function endOfDay(day: Day, timeZone: string): Date {
  return startOfDay(addDays(day, 1), timeZone);
}

/** Time on the clocks of a time zone, `HH:mm`. */
export type ClockTime = string;

/** Whether the text is a time on a clock, 00:00 to 23:59. */
export function isClockTime(text: string): text is ClockTime {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** The time on the clocks of a time zone at an instant. */
export function timeIn(timeZone: string, instant: Date): ClockTime {
  const { hour = '', minute = '' } = clockIn(timeZone, instant);
  return `${hour}:${minute}`;
}

/**
 * The instant at which the clocks of a time zone show this time on this day. A time that comes twice means the first; a
 * time that the clocks leave out means the same time with the clocks changed, for example 03:30 in place of 02:30.
 */
export function instantAt(day: Day, time: ClockTime, timeZone: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const offsets = [wall - 2 * dayMs, wall + 2 * dayMs].map((at) => offsetAt(new Date(at), timeZone));
  const candidates = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
  const isReached = (at: Date) => `${dayIn(timeZone, at)}T${timeIn(timeZone, at)}` >= `${day}T${time}`;
  return new Date(candidates.find((at) => isReached(new Date(at))) ?? wall);
}

const weekdays = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
export type Weekday = (typeof weekdays)[number];

/** The day of the week. */
export function weekdayOf(day: Day): Weekday {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'SUNDAY';
}

const dayMs = 24 * 60 * 60 * 1000;

/** How far the clocks of a time zone are ahead of UTC, in milliseconds. */
function offsetAt(instant: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = clockIn(timeZone, instant);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - instant.getTime();
}

/** Making a format costs a hundred times as much as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone: string, instant: Date): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const two = '2-digit';
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat('en', {
      ...{ timeZone, calendar: 'iso8601', hourCycle: 'h23', year: 'numeric' },
      ...{ month: two, day: two, hour: two, minute: two, second: two },
    });
  if (!known) formats.set(timeZone, format);
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}
