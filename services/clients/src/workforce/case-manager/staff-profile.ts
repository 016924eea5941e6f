import type { InputIssue } from '@throughline/graphql/problems';
import { dayIn } from '@throughline/privacy';
import { isCareSetting } from './whom-and-where.ts';

export interface Education {
  degree: string;
  field: string;
  institution: string;
  year: number;
}

export interface WorkingHours {
  day: 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN';
  /** Local wall-clock time, HH:MM. */
  from: string;
  to: string;
}

/** What is wrong with education, hours and settings: a degree of the future, a day that ends before it begins. */
export function profileFaults(
  { education, hours, settings }: { education: Education[]; hours: WorkingHours[]; settings: string[] },
  now: Date,
): InputIssue[] {
  const thisYear = Number(dayIn('UTC', now).slice(0, 4));
  return [
    ...education.flatMap((one, place) => degreeFaults(one, `education.${String(place)}.year`, thisYear)),
    ...hours.flatMap((one, place) => hoursFaults(one, `hours.${String(place)}`)),
    ...settings.flatMap((setting, place) =>
      isCareSetting(setting)
        ? []
        : [{ path: `settings.${String(place)}`, code: 'UNKNOWN', message: 'There is no such care setting.' }],
    ),
  ];
}

function degreeFaults({ year }: Education, path: string, thisYear: number): InputIssue[] {
  return year > thisYear ? [{ path, code: 'OUT_OF_RANGE', message: 'A degree is not of the future.' }] : [];
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

function hoursFaults({ from, to }: WorkingHours, path: string): InputIssue[] {
  const unreadable = Object.entries({ from, to }).flatMap(([field, time]) =>
    clock.test(time)
      ? []
      : [{ path: `${path}.${field}`, code: 'INVALID_FORMAT', message: 'A time, for example 08:30.' }],
  );
  if (unreadable.length > 0 || from < to) return unreadable;
  return [{ path: `${path}.to`, code: 'OUT_OF_RANGE', message: 'The end is after the begin.' }];
}
