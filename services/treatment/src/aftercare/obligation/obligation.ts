import {
  obligationMet,
  obligationMissed,
  obligationOpened,
  obligationWithdrawn,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { addDays, dayIn, endOfDay, type Day, type Moment } from '@throughline/privacy';
import { ruleOf, type ObligationKind } from './kinds.ts';
import { servicesIn, type Service } from './services.ts';
import { bedAfter, triggersOf, type ClientRecord, type Trigger } from './triggers.ts';

export type ObligationStatus = 'OPEN' | 'MET' | 'MISSED' | 'EXCLUDED' | 'CANCELLED';
export type Exclusion = 'READMITTED' | 'DIED' | 'HOSPICE';

/** A follow-up that an event asks for. */
export interface Obligation {
  id: string;
  clientId: string;
  kind: ObligationKind;
  sourceType: Trigger['sourceType'];
  sourceId: string;
  episodeId: string | null;
  triggeredAt: Date;
  recordedAt: Date;
  windowOpensOn: Day;
  dueOn: Day;
  /** From here on it is missed. */
  dueAt: Date;
  required: number;
  satisfiedBy: Service[];
  status: ObligationStatus;
  excludedFor: Exclusion | null;
  openedAt: Date;
  version: number;
}

type Window = Pick<Obligation, 'windowOpensOn' | 'dueOn' | 'dueAt' | 'required'>;

/** Calendar days in the time zone of the program; 24 hours by the clock. Source: infra/reference/domain.md 5.3. */
export function windowOf({ kind, at }: Pick<Trigger, 'kind' | 'at'>, timeZone: string): Window {
  const { opensAfter, within, required } = ruleOf(kind);
  const day = dayIn(timeZone, at);
  if ('hours' in within) {
    const dueAt = new Date(at.getTime() + within.hours * 3_600_000);
    return { windowOpensOn: day, dueOn: dayIn(timeZone, dueAt), dueAt, required };
  }
  const dueOn = addDays(day, within.days);
  return { windowOpensOn: addDays(day, opensAfter), dueOn, dueAt: endOfDay(dueOn, timeZone), required };
}

/**
 * What is over keeps its window when the program moves to another time zone; a corrected event moves it. Source:
 * infra/reference/domain.md 5.3.
 */
function windowFor(
  trigger: Trigger,
  from: Obligation | null,
  timeZone: string,
): Window & { counted: Service[] } {
  const isOver = from?.status === 'MET' || from?.status === 'MISSED';
  if (!from || !isOver || +from.triggeredAt !== +trigger.at)
    return { ...windowOf(trigger, timeZone), counted: [] };
  const { windowOpensOn, dueOn, dueAt, required, satisfiedBy: counted } = from;
  return { windowOpensOn, dueOn, dueAt, required, counted };
}

type Standing = Window & Pick<Obligation, 'satisfiedBy' | 'status' | 'excludedFor'>;

/**
 * Whether an obligation is met, missed, excluded or open, from everything known now. What was written down late counts
 * for the day on which it happened. `from` is what stood there before. Source: infra/reference/domain.md 5.1, 5.3.
 */
function standingOf(
  { trigger, from }: { trigger: Trigger; from: Obligation | null },
  record: ClientRecord,
  { now, timeZone }: Moment,
): Standing {
  const { counted, ...window } = windowFor(trigger, from, timeZone);
  const excludedFor = exclusionOf(trigger, window, record, timeZone);
  const services = servicesIn(trigger, { ...window, counted }, record, timeZone);
  const satisfiedBy = services.slice(0, window.required);
  const isMet = satisfiedBy.length === window.required;
  const status = excludedFor ? 'EXCLUDED' : isMet ? 'MET' : window.dueAt <= now ? 'MISSED' : 'OPEN';
  return { ...window, satisfiedBy, status, excludedFor };
}

function exclusionOf(
  trigger: Trigger,
  { dueAt }: Window,
  { stays, diedAt }: ClientRecord,
  timeZone: string,
): Exclusion | null {
  const { excludedByStay } = ruleOf(trigger.kind);
  if (diedAt && diedAt < dueAt) return 'DIED';
  const died = stays.some(
    ({ dischargeType, endedAt }) => dischargeType === 'DIED' && endedAt && endedAt < dueAt,
  );
  if (died) return 'DIED';
  if (stays.some(({ toHospice, endedAt }) => toHospice && endedAt && endedAt < dueAt)) return 'HOSPICE';
  return excludedByStay && bedAfter(stays, trigger, { ...excludedByStay, timeZone }) ? 'READMITTED' : null;
}

/** How obligations change; `from` is null for a new one. */
export interface Move {
  from: Obligation | null;
  to: Obligation;
}

/**
 * Compares the obligations of a client with what the record asks for now, and answers those that change. One whose event
 * is gone is cancelled; one whose event moved gets new days. Computed again, nothing changes.
 */
export function settle(
  clientId: string,
  record: ClientRecord,
  known: readonly Obligation[],
  at: Moment,
): { moves: Move[]; facts: Fact[] } {
  const byName = new Map(known.map((one) => [nameOf(one), one]));
  const wanted = new Map(wantedOf(record, byName, at).map((one) => [nameOf(one.trigger), one]));
  const moves: Move[] = [];
  for (const { trigger, from, standing } of wanted.values()) {
    const { at: triggeredAt, ...source } = trigger;
    const fresh = { id: uuidV7(at.now), clientId, openedAt: at.now, version: 0 };
    const to: Obligation = { ...(from ?? fresh), ...source, triggeredAt, ...standing };
    if (!from || !isSame(from, to)) moves.push({ from, to: { ...to, version: to.version + 1 } });
  }
  for (const from of known)
    if (!wanted.has(nameOf(from)) && from.status !== 'CANCELLED')
      moves.push({
        from,
        to: { ...from, status: 'CANCELLED', excludedFor: null, version: from.version + 1 },
      });
  return { moves, facts: moves.flatMap((move) => factsOf(move, at.now)) };
}

interface Wanted extends Pick<Move, 'from'> {
  trigger: Trigger;
  standing: Standing;
}

/** Engagement begins when the treatment was initiated. */
function wantedOf(record: ClientRecord, known: ReadonlyMap<string, Obligation>, at: Moment): Wanted[] {
  const wantedBy = (trigger: Trigger): Wanted => {
    const from = known.get(nameOf(trigger)) ?? null;
    return { trigger, from, standing: standingOf({ trigger, from }, record, at) };
  };
  return triggersOf(record, at.timeZone).flatMap((trigger) => {
    const one = wantedBy(trigger);
    const { standing } = one;
    const [first] = standing.satisfiedBy;
    if (trigger.kind !== 'IET_INITIATION' || standing.status !== 'MET' || !first) return [one];
    const engagement: Trigger = { ...trigger, kind: 'IET_ENGAGEMENT', at: new Date(first.at) };
    return [one, wantedBy(engagement)];
  });
}

const nameOf = ({ kind, sourceId }: Pick<Trigger, 'kind' | 'sourceId'>) => `${kind} ${sourceId}`;

function isSame(a: Obligation, b: Obligation): boolean {
  const told = ({ status, excludedFor, dueAt, windowOpensOn, satisfiedBy, triggeredAt }: Obligation) =>
    JSON.stringify([status, excludedFor, dueAt, windowOpensOn, satisfiedBy.map(({ id }) => id), triggeredAt]);
  return told(a) === told(b);
}

function factsOf({ from, to: { id: obligationId, clientId, status, excludedFor } }: Move, now: Date): Fact[] {
  const told = { obligationId, clientId };
  const facts: Fact[] = from ? [] : [obligationOpened.of(clientId, now, told)];
  if (from?.status === status && from.excludedFor === excludedFor) return facts;
  if (status === 'MET') facts.push(obligationMet.of(clientId, now, told));
  if (status === 'MISSED') facts.push(obligationMissed.of(clientId, now, told));
  if (status === 'EXCLUDED' || status === 'CANCELLED')
    facts.push(obligationWithdrawn.of(clientId, now, told));
  return facts;
}
