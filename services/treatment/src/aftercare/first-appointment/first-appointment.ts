import { transitionAppointmentMissing, type Fact } from '@throughline/events';
import { addDays, dayIn, instantAt, today, type Day, type Moment } from '@throughline/privacy';

/** A discharge, and what is arranged for the time after it. */
export interface Discharged {
  stayId: string;
  clientId: string;
  endedAt: Date;
  /** The first appointment, visit or stay after it; null: there is none. */
  firstAt: Date | null;
  /** A transition that did not fail watches over its own first appointment. */
  hasTransition: boolean;
  /** The day on which its alarm was told last; null: it is not told. */
  toldOn: Day | null;
}

export const FIRST_APPOINTMENT_DAYS = 7;
/** So many days after a discharge the alarm stops; the contacts after it and the follow-ups go on. */
export const ALARM_DAYS = 30;
const MORNING = '09:00';

/**
 * Whether a discharge has no first appointment within 7 days and no transition. When the 7 days are over a later
 * appointment is enough: nothing can be arranged for them any more. Source: infra/reference/domain.md 4.6, 6.2.
 */
export function isFirstAppointmentMissing(
  { endedAt, firstAt, hasTransition }: Discharged,
  at: Moment,
): boolean {
  const left = dayIn(at.timeZone, endedAt);
  const last = addDays(left, FIRST_APPOINTMENT_DAYS);
  if (hasTransition || today(at) > addDays(left, ALARM_DAYS)) return false;
  if (!firstAt) return true;
  return dayIn(at.timeZone, firstAt) > last && today(at) <= last;
}

/** How an alarm stands after it was looked at: told on a day, or null when nothing is missing any more. */
export interface AlarmMove {
  stayId: string;
  clientId: string;
  toldOn: Day | null;
}

interface Settled {
  moves: AlarmMove[];
  facts: Fact[];
  /** The next moment at which an alarm is told again. */
  nextAt: Date | null;
}

/**
 * The alarms of the discharges of a client: each is told at once, and each morning of the program while nothing is
 * arranged. Computed again on the same day, nothing is told twice. Source: infra/reference/domain.md 6.2.
 */
export function settleAlarms(discharges: readonly Discharged[], at: Moment): Settled {
  const settled: Settled = { moves: [], facts: [], nextAt: null };
  for (const discharge of discharges) {
    const { stayId, clientId, toldOn } = discharge;
    const isMissing = isFirstAppointmentMissing(discharge, at);
    if (!isMissing && toldOn) settled.moves.push({ stayId, clientId, toldOn: null });
    if (!isMissing) continue;
    if (!toldOn || morningAfter(toldOn, at.timeZone) <= at.now) {
      settled.moves.push({ stayId, clientId, toldOn: today(at) });
      settled.facts.push(transitionAppointmentMissing.of(clientId, at.now, { clientId }));
    }
    settled.nextAt = earlier(settled.nextAt, nextMorning(toldOn, at));
  }
  return settled;
}

/** The first morning that is still to come after the alarm was told. */
function nextMorning(toldOn: Day | null, at: Moment): Date {
  const waiting = toldOn ? morningAfter(toldOn, at.timeZone) : at.now;
  return waiting > at.now ? waiting : morningAfter(today(at), at.timeZone);
}

function morningAfter(day: Day, timeZone: string): Date {
  return instantAt(addDays(day, 1), MORNING, timeZone);
}

function earlier(one: Date | null, other: Date): Date {
  return one && one < other ? one : other;
}
