import {
  byItem,
  cutOffsOf,
  holds,
  isAsked,
  pointsOf,
  type Answer,
  type CutOffGroup,
  type Given,
  type Instrument,
  type Item,
  type ScoreRule,
} from './instrument.ts';

/** A part of an instrument that is counted by itself. */
export interface Subscore {
  code: string;
  total: number | null;
  band: string | null;
  positive: boolean | null;
}

/** A cut-off, and whether the total reaches it. */
export interface ReachedCutOff {
  /** Null: it counts for everybody. */
  group: CutOffGroup | null;
  from: number;
  reached: boolean;
}

export interface Score {
  total: number | null;
  band: string | null;
  /** Null without a result, and where the cut-offs of the groups disagree and the group is not known. */
  positive: boolean | null;
  prorated: boolean;
  missingItems: number[];
  flags: string[];
  subscores: Subscore[];
  cutOffs: ReachedCutOff[];
}

/**
 * Total, band, positive, subscores and flags of faultless answers. Up to `mostMissing` missing items a total is
 * prorated to the full number of items and rounded; with more it is null. An item that was not asked counts 0 and is
 * not missing. Flags and triage do not depend on a total. Source: infra/reference/domain.md 4.1.
 */
export function score(
  instrument: Instrument,
  answers: readonly Answer[],
  group: CutOffGroup | null = null,
): Score {
  const given = byItem(answers);
  const { total, triage } = instrument;
  const counted = total ? count(instrument, total, given) : null;
  const subscores = instrument.subscores.map((rule) => subscoreOf(instrument, rule, given));
  const cutOffs = total ? reached(total, counted?.total ?? null, group) : [];
  const missingItems = missingOf(instrument, given);
  return {
    total: counted?.total ?? null,
    band: triage ? triageOf(instrument, given, missingItems) : bandOfTotal(total, counted?.total ?? null),
    positive: positiveOf(instrument, { cutOffs, subscores, given, missingItems }),
    prorated: counted?.prorated ?? false,
    missingItems,
    flags: raisedFlags(instrument, given, subscores),
    subscores,
    cutOffs,
  };
}

/** The name of the range that a total falls in. */
export function bandOf({ bands }: Pick<ScoreRule, 'bands'>, total: number): string {
  return bands.findLast(({ from }) => total >= from)?.code ?? '';
}

/** Whether nothing that should have been asked is missing. */
export function isComplete(instrument: Instrument, answers: readonly Answer[]): boolean {
  return missingOf(instrument, byItem(answers)).length === 0;
}

function missingOf(instrument: Instrument, given: Given): number[] {
  return instrument.items
    .filter((item) => item.scored && isAsked(item, given) && !given.has(item.number))
    .map(({ number }) => number);
}

function bandOfTotal(rule: ScoreRule | null, total: number | null): string | null {
  return rule && total !== null ? bandOf(rule, total) : null;
}

interface Counted {
  total: number | null;
  prorated: boolean;
  /** Points of the answered items. */
  sum: number;
}

function count(instrument: Instrument, { items, mostMissing }: ScoreRule, given: Given): Counted {
  const parts = items.flatMap((number) => instrument.items.filter((item) => item.number === number));
  const counting = parts.filter((item) => given.has(item.number) || !isAsked(item, given));
  const sum = counting.reduce((points, item) => points + itemPoints(instrument, item, given), 0);
  const missing = parts.length - counting.length;
  if (missing > mostMissing || counting.length === 0) return { total: null, prorated: false, sum };
  return { total: Math.round((sum * parts.length) / counting.length), prorated: missing > 0, sum };
}

/** An item with several answers counts once, with the most points. */
function itemPoints(instrument: Instrument, item: Item, given: Given): number {
  const values = given.get(item.number) ?? [];
  return Math.max(0, ...values.map((value) => pointsOf(instrument, item, value)));
}

/** A cut-off that the answers have reached already is positive, whatever is missing. */
function subscoreOf(instrument: Instrument, rule: ScoreRule, given: Given): Subscore {
  const { total, sum } = count(instrument, rule, given);
  const [cutOff] = cutOffsOf(rule);
  const reaches = cutOff ? (total ?? sum) >= cutOff.from : null;
  return {
    ...{ code: rule.code, total, band: bandOfTotal(rule, total) },
    positive: reaches === true ? true : total === null ? null : reaches,
  };
}

function reached(rule: ScoreRule, total: number | null, group: CutOffGroup | null): ReachedCutOff[] {
  if (total === null) return [];
  const all = cutOffsOf(rule).map((cutOff) => ({ ...cutOff, reached: total >= cutOff.from }));
  return group ? all.filter((cutOff) => cutOff.group === null || cutOff.group === group) : all;
}

/** The first band whose condition holds. Without one, a missing answer could still have led to one. */
function triageOf({ triage }: Instrument, given: Given, missing: readonly number[]): string | null {
  const found = triage?.bands.find(({ when }) => when.some((condition) => holds(condition, given)));
  return found?.code ?? (missing.length > 0 ? null : (triage?.otherwise ?? null));
}

interface Results {
  cutOffs: readonly ReachedCutOff[];
  subscores: readonly Subscore[];
  given: Given;
  missingItems: readonly number[];
}

function positiveOf(
  instrument: Instrument,
  { cutOffs, subscores, given, missingItems }: Results,
): boolean | null {
  if (instrument.triage) {
    const band = triageOf(instrument, given, missingItems);
    return band === null ? null : band !== instrument.triage.otherwise;
  }
  const found = instrument.total ? cutOffs.map((one) => one.reached) : subscores.map((one) => one.positive);
  if (found.length === 0) return null;
  if (!instrument.total && found.includes(true)) return true;
  return found.every((one) => one === found[0]) ? (found[0] ?? null) : null;
}

function raisedFlags({ flags }: Instrument, given: Given, subscores: readonly Subscore[]): string[] {
  const raised = flags.filter(({ when }) =>
    when.some((one) =>
      'items' in one
        ? holds(one, given)
        : (subscores.find(({ code }) => code === one.score)?.total ?? -1) >= one.from,
    ),
  );
  return raised.map(({ flag }) => flag);
}

/** Flags whose question was answered, raised or not: a flag that was not asked again stays open. */
export function askedFlags({ flags, subscores }: Instrument, answers: readonly Answer[]): string[] {
  const given = byItem(answers);
  const itemsOf = (name: string) => subscores.find(({ code }) => code === name)?.items ?? [];
  return flags
    .filter(({ when }) =>
      when.some((one) =>
        'items' in one
          ? one.items.some((item) => given.has(item))
          : itemsOf(one.score).every((item) => given.has(item)),
      ),
    )
    .map(({ flag }) => flag);
}
