import { addDays, dayIn, endOfDay, instantAt, type Day } from '@throughline/privacy';

/** Contacts after a discharge, in order: hours by the clock, then days of the calendar of the program. */
const contactSteps = {
  HOURS_24: { hours: 24, remindHours: 4 },
  HOURS_72: { hours: 72, remindHours: 24 },
  DAYS_7: { days: 7 },
  DAYS_14: { days: 14 },
  DAYS_30: { days: 30 },
  DAYS_60: { days: 60 },
  DAYS_90: { days: 90 },
  DAYS_120: { days: 120 },
  DAYS_150: { days: 150 },
  DAYS_180: { days: 180 },
} as const satisfies Record<string, { hours: number; remindHours: number } | { days: number }>;

/** `AFTER_SUPPORT_90`: 90 days after the support ended. */
export type ContactStep = keyof typeof contactSteps | 'AFTER_SUPPORT_90';

export interface ContactWindow {
  /** A conversation after this moment counts. */
  opensAt: Date;
  remindAt: Date;
  dueOn: Day;
  /** A conversation until this moment counts. */
  dueAt: Date;
}

const hourMs = 3_600_000;
const REMIND_AT = '09:00';
const AFTER_SUPPORT_DAYS = 90;

/** The contacts after a discharge; each begins where the one before ends. Source: infra/reference/domain.md 4.6, 6.1. */
export function windowsAfter(discharge: Date, timeZone: string): [ContactStep, ContactWindow][] {
  let opensAt = discharge;
  return Object.entries(contactSteps).map(([step, timing]) => {
    const window =
      'hours' in timing
        ? byClock({ from: discharge, opensAt }, timing, timeZone)
        : byCalendar({ from: discharge, opensAt }, timing.days, timeZone);
    opensAt = window.dueAt;
    return [step as ContactStep, window];
  });
}

/** The one contact after the end of support. Earlier conversations do not count: it asks how things are after months. */
export function windowAfterSupport(end: Date, timeZone: string): ContactWindow {
  const opensAt = endOfDay(addDays(dayIn(timeZone, end), AFTER_SUPPORT_DAYS - 15), timeZone);
  return byCalendar({ from: end, opensAt }, AFTER_SUPPORT_DAYS, timeZone);
}

interface Start {
  from: Date;
  opensAt: Date;
}

function byClock(
  { from, opensAt }: Start,
  { hours, remindHours }: { hours: number; remindHours: number },
  timeZone: string,
): ContactWindow {
  const dueAt = new Date(from.getTime() + hours * hourMs);
  const remindAt = new Date(dueAt.getTime() - remindHours * hourMs);
  return { opensAt, remindAt, dueOn: dayIn(timeZone, dueAt), dueAt };
}

function byCalendar({ from, opensAt }: Start, days: number, timeZone: string): ContactWindow {
  const dueOn = addDays(dayIn(timeZone, from), days);
  return {
    opensAt,
    remindAt: instantAt(dueOn, REMIND_AT, timeZone),
    dueOn,
    dueAt: endOfDay(dueOn, timeZone),
  };
}
