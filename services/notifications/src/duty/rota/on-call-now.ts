import { instantAt } from '@throughline/privacy';
import { isPresent, type Directory } from '../../inbox/staff/staff.ts';
import type { OnCallDuty } from '../on-call/on-call.ts';
import { turnAt, type OnCallRota } from './rota.ts';

/** Times that somebody planned, and the rotas of the program. */
export interface OnCallPlan {
  planned: readonly OnCallDuty[];
  rotas: readonly OnCallRota[];
}

/** Somebody whom a page reaches now. */
export interface OnCallPerson {
  staffId: string;
  /** Begin and end of the time or turn. */
  from: Date;
  until: Date;
  /** Whose time it is, when that person is away. */
  insteadOf: string | null;
}

/**
 * Who is on call at a moment. A planned time counts in place of the turns, so that people can swap; two at once are both
 * called. For a person who is away the named cover is called, when the cover is a clinician; in a rota then the next person
 * of the list. Empty: nobody can be called, and the chain goes on to the next place. Source: infra/reference/domain.md 6.4.
 */
export function onCallAt({ planned, rotas }: OnCallPlan, directory: Directory, now: Date): OnCallPerson[] {
  const present = planned
    .filter(({ from, until }) => from <= now && now < until)
    .flatMap(({ staffId, from, until }) => called({ from, until, order: [staffId] }, directory));
  if (present.length > 0) return onceEach(present);
  return onceEach(
    rotas.flatMap((rota) => {
      const turn = turnAt(rota, now);
      return turn ? called(turn, directory) : [];
    }),
  );
}

interface Order {
  from: Date;
  until: Date;
  order: readonly string[];
}

/** The first person of the order who can be called, with the cover of each before the next one. */
function called({ from, until, order }: Order, directory: Directory): OnCallPerson[] {
  const [first] = order;
  const inOrder = order.flatMap((id) => [id, ...coverFor(directory, id)]);
  const found = inOrder.find((id) => canBeCalled(directory, id));
  if (!first || !found) return [];
  return [{ staffId: found, from, until, insteadOf: found === first ? null : first }];
}

function coverFor(directory: Directory, id: string): string[] {
  const staff = directory.get(id);
  return staff?.away && staff.coverId ? [staff.coverId] : [];
}

function canBeCalled(directory: Directory, id: string): boolean {
  return isClinician(directory, id) && isPresent(directory, id);
}

/** A record that has not arrived yet does not show a clinician. */
function isClinician(directory: Directory, id: string): boolean {
  const staff = directory.get(id);
  return staff !== undefined && staff.active && staff.roles.includes('CLINICIAN');
}

function onceEach(people: readonly OnCallPerson[]): OnCallPerson[] {
  return [...new Map(people.map((one) => [one.staffId, one])).values()];
}

/** A time in which a page finds nobody on call. */
export interface OnCallHole {
  from: Date;
  until: Date;
}

/**
 * The times without anybody in the plan, from `from` until `until`. Absences of later days are not known here; for somebody
 * who is away now the plan counts as it stands. Who has left, or is no clinician any more, is nobody. Source:
 * infra/reference/domain.md 6.4.
 */
export function holesIn(plan: OnCallPlan, directory: Directory, { from, until }: OnCallHole): OnCallHole[] {
  const planned = plan.planned.filter(({ staffId }) => isClinician(directory, staffId));
  const rotas = plan.rotas.filter(({ staffIds }) => staffIds.some((id) => isClinician(directory, id)));
  const times = [...planned, ...rotas.flatMap((rota) => spanOf(rota, until))]
    .filter((time) => time.until > from && time.from < until)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
  const holes: OnCallHole[] = [];
  let reached = from;
  for (const time of times) {
    if (time.from > reached) holes.push({ from: reached, until: time.from });
    if (time.until > reached) reached = time.until;
  }
  return reached < until ? [...holes, { from: reached, until }] : holes;
}

/** From the first turn of a rota to its end, without a gap. */
function spanOf({ startsOn, handOverAt, timeZone, endedAt }: OnCallRota, until: Date): OnCallHole[] {
  const from = instantAt(startsOn, handOverAt, timeZone);
  const end = endedAt ?? until;
  return end > from ? [{ from, until: end }] : [];
}
