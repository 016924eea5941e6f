import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, issueAt, type InputIssue } from '@throughline/graphql/problems';
import {
  addDays,
  dayIn,
  daysBetween,
  instantAt,
  isClockTime,
  type ClockTime,
  type Day,
} from '@throughline/privacy';
import type { Staff } from '../../inbox/staff/staff.ts';

/** Clinicians who are on call in turns. */
export interface OnCallRota {
  id: string;
  name: string;
  /** The turns begin on this day, at the time of hand-over. */
  startsOn: Day;
  handOverAt: ClockTime;
  /** Days of a turn: 7 = a week each. */
  turnDays: number;
  /** Who takes the turns, in this order, again and again. A person may stand here twice. */
  staffIds: string[];
  /** IANA name: the clock that says when a turn ends, also over a change of the clocks. */
  timeZone: string;
  endedAt: Date | null;
  plannedBy: string;
  version: number;
}

export type RotaDraft = Pick<OnCallRota, 'name' | 'startsOn' | 'handOverAt' | 'turnDays' | 'staffIds'>;

/** Rotas that a program has at the same time. */
export const MOST_ROTAS = 10;

/** Faults that a rota has by itself. The length of its texts and lists stands in the schema. */
export function rotaFaults({ name, handOverAt, staffIds }: Partial<RotaDraft>): InputIssue[] {
  const faults = [
    name?.trim() === '' && issueAt('name', 'EMPTY', 'Give it a name.'),
    handOverAt !== undefined &&
      !isClockTime(handOverAt) &&
      issueAt('handOverAt', 'NOT_A_TIME', 'Give the time as HH:mm, for example 08:00.'),
    staffIds?.length === 0 && issueAt('staffIds', 'EMPTY', 'A rota needs at least one person.'),
  ];
  return faults.filter((one) => typeof one === 'object');
}

/** What counts for the people of a rota: active clinicians whom this service knows, and how many rotas there are. */
export interface RotaKnown {
  staff: readonly Staff[];
  open: number;
}

/** Starts a rota. Only clinicians are on call. Source: infra/reference/domain.md 4.4, 6.4. */
export function startRota(
  draft: RotaDraft,
  known: RotaKnown,
  by: { id: string; now: Date; timeZone: string },
): Decision<OnCallRota, never> {
  const faults = peopleFaults(draft.staffIds, known.staff);
  if (known.open >= MOST_ROTAS)
    faults.push(issueAt('name', 'TOO_MANY', `A program has ${String(MOST_ROTAS)} rotas at most.`));
  if (faults.length > 0) return invalidInput(faults);
  const rest = { timeZone: by.timeZone, endedAt: null, plannedBy: by.id, version: 1 };
  return { insert: { id: uuidV7(by.now), ...draft, name: draft.name.trim(), ...rest } };
}

/** Changes who takes the turns. The turn that is running goes on with whom the new list names for it. */
export function changeRota(
  rota: OnCallRota,
  staffIds: readonly string[],
  known: Pick<RotaKnown, 'staff'>,
): Decision<never, OnCallRota> {
  if (rota.endedAt) return invalidTransition('ENDED', 'changeOnCallRota', []);
  const faults = peopleFaults(staffIds, known.staff);
  return faults.length > 0 ? invalidInput(faults) : { update: { ...rota, staffIds: [...staffIds] } };
}

/** Ends a rota: nobody is on call through it from now on. */
export function endRota(rota: OnCallRota, now: Date): Decision<never, OnCallRota> {
  if (rota.endedAt) return invalidTransition('ENDED', 'endOnCallRota', []);
  return { update: { ...rota, endedAt: now } };
}

function peopleFaults(staffIds: readonly string[], staff: readonly Staff[]): InputIssue[] {
  const known = new Map(staff.map((one) => [one.id, one]));
  return staffIds.flatMap((staffId, index) => {
    const path = `staffIds.${String(index)}`;
    const one = known.get(staffId);
    if (!one?.active) return [issueAt(path, 'UNKNOWN', 'There is no such active member of staff.')];
    return one.roles.includes('CLINICIAN')
      ? []
      : [issueAt(path, 'NOT_A_CLINICIAN', 'Only a clinician is on call.')];
  });
}

/** One turn of a rota. Its ends are times on the clock, so a turn over a change of the clocks is an hour longer or shorter. */
export interface Turn {
  from: Date;
  until: Date;
  /** Whose turn it is first, then the others in their order. */
  order: string[];
}

/** The turn at a moment; null before the first one and after the end of the rota. */
export function turnAt(rota: OnCallRota, now: Date): Turn | null {
  const { startsOn, handOverAt, turnDays, staffIds, timeZone, endedAt } = rota;
  if (endedAt && endedAt <= now) return null;
  const day = dayIn(timeZone, now);
  const begun = instantAt(day, handOverAt, timeZone) <= now ? day : addDays(day, -1);
  const days = daysBetween(startsOn, begun);
  if (days < 0) return null;
  const number = Math.floor(days / turnDays);
  const first = addDays(startsOn, number * turnDays);
  const place = number % staffIds.length;
  const until = instantAt(addDays(first, turnDays), handOverAt, timeZone);
  return {
    from: instantAt(first, handOverAt, timeZone),
    until: endedAt && endedAt < until ? endedAt : until,
    order: [...new Set([...staffIds.slice(place), ...staffIds.slice(0, place)])],
  };
}
