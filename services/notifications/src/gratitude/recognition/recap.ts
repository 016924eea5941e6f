import { addDays, endOfDay, startOfDay, today, weekdayOf, type Day, type Moment } from '@throughline/privacy';

/** What the work of a person did. Source: infra/reference/domain.md 0 (S18). */
export const deedKinds = [
  'LOOP_CLOSED',
  'CONTACT_MADE',
  'PLAN_STARTED',
  'CRISIS_TAKEN_OVER',
  'PERSON_WELCOMED',
] as const;
export type DeedKind = (typeof deedKinds)[number];

/** Something that a member of staff did, once for each subject. */
export interface Deed {
  staffId: string;
  kind: DeedKind;
  subjectId: string;
  doneAt: Date;
}

export interface Week {
  from: Day;
  to: Day;
}

/** The last whole week before the present one, Sunday to Saturday, in the time zone of the person. */
export function lastWeek(at: Moment): Week {
  const from = addDays(sundayBefore(today(at)), -7);
  return { from, to: addDays(from, 6) };
}

/** The Sunday with which the week of a day begins. */
export function sundayBefore(day: Day): Day {
  let sunday = day;
  while (weekdayOf(sunday) !== 'SUNDAY') sunday = addDays(sunday, -1);
  return sunday;
}

/** First instant of the week and first instant after it. */
export function boundsOf({ from, to }: Week, timeZone: string): [Date, Date] {
  return [startOfDay(from, timeZone), endOfDay(to, timeZone)];
}
