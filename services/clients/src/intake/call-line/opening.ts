import { addDays, dayIn, instantAt, weekdayOf, type ClockTime, type Weekday } from '@throughline/privacy';

/** Opening times on the clocks of the line. `to` at or before `from` ends on the next day. */
export interface LineHours {
  days: Weekday[];
  from: ClockTime;
  to: ClockTime;
}

export interface Opening {
  /** IANA name of the time zone of the hours. */
  timeZone: string;
  /** Empty: around the clock. */
  hours: LineHours[];
}

interface Period {
  start: Date;
  end: Date;
}

/** A line that is open once a week opens again within this many days. */
const DAYS_AHEAD = 8;

/** Whether the line is open at an instant, on the clocks of the line. */
export function isOpenAt(line: Opening, at: Date): boolean {
  return line.hours.length === 0 || periodsAround(line, at).some((period) => contains(period, at));
}

/** When the line opens next; null while it is open. */
export function nextOpening(line: Opening, at: Date): Date | null {
  if (isOpenAt(line, at)) return null;
  const starts = periodsAround(line, at).map(({ start }) => start);
  return starts.filter((start) => start > at).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** When the line closes; null while it is closed, and for a line that is open around the clock. */
export function closesAt(line: Opening, at: Date): Date | null {
  const periods = periodsAround(line, at).sort((a, b) => a.start.getTime() - b.start.getTime());
  let end: Date | null = null;
  for (const period of periods) if (contains(period, end ?? at)) end = period.end;
  return end;
}

function contains({ start, end }: Period, at: Date): boolean {
  return start <= at && at < end;
}

/** The opening periods from the day before, which may last past midnight, to a week ahead. */
function periodsAround({ timeZone, hours }: Opening, at: Date): Period[] {
  const today = dayIn(timeZone, at);
  const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, place) => addDays(today, place - 1));
  return days.flatMap((day) =>
    hours
      .filter((entry) => entry.days.includes(weekdayOf(day)))
      .map(({ from, to }) => ({
        start: instantAt(day, from, timeZone),
        end: instantAt(to > from ? day : addDays(day, 1), to, timeZone),
      })),
  );
}
