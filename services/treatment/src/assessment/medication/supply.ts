import { addDays, daysBetween, type Day } from '@throughline/privacy';

/** Days for which a client had a medication at hand, from a dispensing, an injection or a daily dose. */
export interface Supply {
  suppliedOn: Day;
  days: number;
}

/** Days in a row; the last one is part of it. */
export interface Span {
  from: Day;
  to: Day;
}

export interface SupplyGap extends Span {
  days: number;
  /** The client has no supply yet. */
  isOpen: boolean;
}

/** Days that are covered. What is supplied early is used after what is there: it lasts longer. */
export function coverage(supplies: readonly Supply[]): Span[] {
  const spans: Span[] = [];
  for (const { suppliedOn, days } of supplies.toSorted((a, b) => (a.suppliedOn < b.suppliedOn ? -1 : 1))) {
    const last = spans.at(-1);
    if (last && suppliedOn <= addDays(last.to, 1)) last.to = addDays(last.to, days);
    else spans.push({ from: suppliedOn, to: addDays(suppliedOn, days - 1) });
  }
  return spans;
}

/** Spans of several medications as one: on a day is covered who has one of them. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1);
    if (!last || span.from > addDays(last.to, 1)) joined.push({ ...span });
    else if (span.to > last.to) last.to = span.to;
  }
  return joined;
}

/** Days without supply between spans, and up to `until` when the client goes on: null when the medication ended. */
export function gapsOf(spans: readonly Span[], until: Day | null): SupplyGap[] {
  const ends = spans.map(({ to }) => to);
  const begins = [...spans.slice(1).map(({ from }) => from), until && addDays(until, 1)];
  return ends.flatMap((end, at) => {
    const next = begins[at];
    if (!next || next <= addDays(end, 1)) return [];
    const [from, to] = [addDays(end, 1), addDays(next, -1)];
    return [{ from, to, days: daysOf({ from, to }), isOpen: at === ends.length - 1 }];
  });
}

export function daysOf({ from, to }: Span): number {
  return daysBetween(from, to) + 1;
}

/** A gap of so many days ends a treatment; a treatment that lasts so many days counts. Source: infra/reference/domain.md 5.1. */
const continuityRule = { gapDays: 8, lastsDays: 180 } as const;

/** How steadily a client has medication for opioid use disorder. */
export interface MoudContinuity {
  /** First day of the treatment that goes on; null when there is none. */
  since: Day | null;
  /** Days from then to today, or to the last day with supply when that is earlier. */
  days: number;
  /** Days without supply up to today; 0 when there is supply today. */
  currentGapDays: number;
  /** The longest gap of all. */
  longestGapDays: number;
  /** Whether the treatment has lasted 180 days without a gap of 8 days or more. */
  isContinuous: boolean;
}

/** Continuity over all medications for opioid use disorder of a client; null when none was ever supplied. Source: infra/reference/domain.md 5.1. */
export function continuityOf(spans: readonly Span[], today: Day): MoudContinuity | null {
  const covered = union(spans).filter(({ from }) => from <= today);
  const last = covered.at(-1);
  if (!last) return null;
  const gaps = gapsOf(covered, today);
  const current = gaps.find(({ isOpen }) => isOpen)?.days ?? 0;
  const since = startOfRun(covered, gaps, current);
  const to = last.to < today ? last.to : today;
  const days = since ? daysOf({ from: since, to }) : 0;
  return {
    ...{ since, days, currentGapDays: current },
    longestGapDays: Math.max(0, ...gaps.map((gap) => gap.days)),
    isContinuous: days >= continuityRule.lastsDays,
  };
}

function startOfRun(covered: readonly Span[], gaps: readonly SupplyGap[], current: number): Day | null {
  if (current >= continuityRule.gapDays) return null;
  const lastBreak = gaps.findLast(({ isOpen, days }) => !isOpen && days >= continuityRule.gapDays);
  return lastBreak ? addDays(lastBreak.to, 1) : (covered[0]?.from ?? null);
}
