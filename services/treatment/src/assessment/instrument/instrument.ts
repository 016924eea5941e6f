import type { Ages } from '@throughline/privacy';

/** A question of an instrument. `values` are its possible answers, in order. */
export interface Item {
  number: number;
  /** Null where the licence permits scoring but not printing the wording. */
  text: string | null;
  values: readonly number[];
  /** Scored in reverse order. */
  reverse: boolean;
  /** An unscored item is stored and never counts, neither in the total nor as missing. */
  scored: boolean;
  loinc: string | null;
}

export interface Band {
  code: string;
  from: number;
}

/** Raises `flag` when the answer of the item is at least `from`. */
export interface FlagRule {
  flag: string;
  item: number;
  from: number;
}

/**
 * One version of a screening tool, as data: adding a tool adds a definition, no code. Bands are convention and
 * cut-offs are policy, so both are here.
 * Source: infra/reference/domain.md 4.1, 4.2.
 */
export interface Instrument {
  code: string;
  version: string;
  title: string;
  items: readonly Item[];
  /** Ascending; the first begins at 0. */
  bands: readonly Band[];
  /** Lowest total that counts as positive. */
  positiveFrom: number;
  /** Years of age for which the tool is valid; `to` null = no upper limit. */
  ages: { from: number; to: number | null };
  /** Highest number of missing items with which the total is prorated; with more there is no total. */
  mostMissing: number;
  flagRules: readonly FlagRule[];
  /** LOINC codes, only where checked; null until then. */
  loinc: { panel: string | null; total: string | null };
  credit: string;
  licence: string;
}

export interface Answer {
  item: number;
  value: number;
}

export interface AnswerFault {
  /** Position in the list of answers. */
  index: number;
  code: 'UNKNOWN_ITEM' | 'ANSWERED_TWICE' | 'NOT_OFFERED';
  message: string;
}

export interface Score {
  total: number | null;
  band: string | null;
  /** Null when there is no total. */
  positive: boolean | null;
  prorated: boolean;
  missingItems: number[];
  flags: string[];
}

/** Every answer that the instrument does not have; with one of them nothing is scored. */
export function faultsOf(instrument: Instrument, answers: readonly Answer[]): AnswerFault[] {
  const seen = new Set<number>();
  return answers.flatMap(({ item: number, value }, index): AnswerFault[] => {
    const item = instrument.items.find((candidate) => candidate.number === number);
    if (!item) return [{ index, code: 'UNKNOWN_ITEM', message: `${instrument.code} has no such item.` }];
    if (seen.has(number)) return [{ index, code: 'ANSWERED_TWICE', message: 'The item is answered twice.' }];
    seen.add(number);
    if (item.values.includes(value)) return [];
    return [{ index, code: 'NOT_OFFERED', message: `Offered values: ${item.values.join(', ')}.` }];
  });
}

/** Whether the instrument is valid at one of the possible ages of the client: a wide range refuses nobody. */
export function isForAge({ ages }: Instrument, { youngest, oldest }: Ages): boolean {
  return oldest >= ages.from && (ages.to === null || youngest <= ages.to);
}

/**
 * Total, band, positive and flags of faultless answers. Up to `mostMissing` missing items the total is prorated
 * to the full number of items and rounded; with more it is null. Flags do not depend on the total.
 * Source: infra/reference/domain.md 4.1.
 */
export function score(instrument: Instrument, answers: readonly Answer[]): Score {
  const values = new Map(answers.map(({ item, value }) => [item, value]));
  const scored = instrument.items.filter((item) => item.scored);
  const answered = scored.filter(({ number }) => values.has(number));
  const missingItems = scored.filter((item) => !answered.includes(item)).map(({ number }) => number);
  const sum = answered.reduce((points, item) => points + pointsOf(item, values.get(item.number) ?? 0), 0);

  const total =
    missingItems.length > instrument.mostMissing || answered.length === 0
      ? null
      : Math.round((sum * scored.length) / answered.length);
  return {
    total,
    band: total === null ? null : bandOf(instrument, total),
    positive: total === null ? null : total >= instrument.positiveFrom,
    prorated: total !== null && missingItems.length > 0,
    missingItems,
    flags: raisedFlags(instrument, values),
  };
}

/** The name of the range that a total falls in. */
export function bandOf({ bands }: Instrument, total: number): string {
  return bands.findLast(({ from }) => total >= from)?.code ?? '';
}

function pointsOf({ values, reverse }: Item, value: number): number {
  return reverse ? Math.max(...values) + Math.min(...values) - value : value;
}

function raisedFlags({ flagRules }: Instrument, values: ReadonlyMap<number, number>): string[] {
  const raised = flagRules.filter(({ item, from }) => (values.get(item) ?? -Infinity) >= from);
  return [...new Set(raised.map(({ flag }) => flag))];
}
