import type { Definition } from '../catalogue/catalogue.ts';
import type { MeasureSpec } from '../catalogue/measure-code.ts';
import { badInput } from './bad-input.ts';
import { hiddenCells, type Cell } from './suppress.ts';
import { addDays, isDay, type Day } from '@throughline/privacy';

export type MeasureStratum =
  | ('PROGRAM' | 'TEAM' | 'POPULATION' | 'LANGUAGE' | 'AGE_BAND' | 'RACE' | 'ETHNICITY' | 'SEX')
  | ('HOUSING' | 'JUSTICE' | 'LEVEL');

/** Whole calendar months: two periods that differ by a day would show one person by subtraction. */
export interface Period {
  from: Day;
  to: Day;
}

/** What is asked for. */
export interface Question {
  definition: Definition;
  spec: MeasureSpec;
  period: Period;
  by: MeasureStratum | null;
  /** Only what belongs to this member of staff; null: everything. */
  staffId: string | null;
  today: Day;
  /** Only this value of `by`; left out: all of them. */
  stratum?: string;
}

/** What the database counts. */
export interface Counts {
  /** Null: the whole. */
  stratum: string | null;
  numerator: number;
  denominator: number;
  exclusions: number;
  people: number;
  /** Members of staff whose clients they are. */
  staff: number;
  /** People who were excluded. */
  excluded: number;
  median: number | null;
  p90: number | null;
  p95: number | null;
}

/** One number as it may be shown; null where it may not. */
export interface Figure {
  stratum: string | null;
  numerator: number | null;
  denominator: number | null;
  exclusions: number | null;
  rate: number | null;
  median: number | null;
  p90: number | null;
  p95: number | null;
  suppressed: boolean;
}

const longestMonths = 24;

/** The rules that a number is counted with. A measure with two of them is never counted without saying which. */
export function specOf({ code, specs }: Definition, asked: MeasureSpec | null): MeasureSpec {
  const names = specs.map(({ spec }) => spec);
  if (asked && names.includes(asked)) return asked;
  const [only] = names;
  if (asked || names.length > 1 || !only)
    throw badInput(`spec of ${code} must be one of ${names.join(', ')}`);
  return only;
}

/** Answers the period, or throws BAD_USER_INPUT when it is not of whole months or longer than two years. */
export function periodOf({ from, to }: Period): Period {
  if (!isDay(from) || !isDay(to)) throw badInput('from and to must be days');
  const isWhole = from.endsWith('-01') && addDays(to, 1).endsWith('-01');
  if (!isWhole || to < from)
    throw badInput('a period begins on the first day of a month and ends on the last day of one');
  if (monthOf(to) - monthOf(from) >= longestMonths)
    throw badInput(`a period has at most ${longestMonths} months`);
  return { from, to };
}

const monthOf = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** Numbers about the person who asks hide nobody. */
export function ownFigure(counts: readonly Counts[]): Figure {
  return shown(counts[0] ?? none, { isHidden: false, isBare: false });
}

/** What may be shown of the counts: the total, and the breakdown in the order of its values, never of its rates. */
export function figuresOf(
  counts: readonly Counts[],
  by: MeasureStratum | null,
): { total: Figure; breakdown: Figure[] } {
  const total = counts.find(({ stratum }) => stratum === null) ?? none;
  const parts = counts
    .flatMap((one) => (one.stratum === null ? [] : [{ ...one, stratum: one.stratum }]))
    .sort((a, b) => (a.stratum < b.stratum ? -1 : 1));
  const hidden = hiddenCells(total.people, parts.map(cellOf(by)));
  const without = hiddenCells(
    total.excluded,
    parts.map(({ stratum, excluded: people }) => ({ stratum, people })),
  );
  return {
    total: shown(total, {
      isHidden: hidden === null && isFew(total.people),
      isBare: without === null && isFew(total.excluded),
    }),
    breakdown: parts.map((part) =>
      shown(part, {
        isHidden: hidden?.has(part.stratum) ?? true,
        isBare: without?.has(part.stratum) ?? true,
      }),
    ),
  };
}

const isFew = (people: number): boolean => hiddenCells(people, []) === null;

/** Only a breakdown by team can show the numbers of one person. */
function cellOf(by: MeasureStratum | null) {
  return ({ stratum, people, staff }: Counts & { stratum: string }): Cell =>
    by === 'TEAM' ? { stratum, people, staff } : { stratum, people };
}

const none: Counts = {
  ...{ stratum: null, numerator: 0, denominator: 0, exclusions: 0, people: 0, staff: 0, excluded: 0 },
  ...{ median: null, p90: null, p95: null },
};

function shown(counts: Counts, { isHidden, isBare }: { isHidden: boolean; isBare: boolean }): Figure {
  const { stratum, numerator, denominator, exclusions, median, p90, p95 } = counts;
  const nothing = { numerator: null, denominator: null, rate: null, median: null, p90: null, p95: null };
  if (isHidden) return { stratum, ...nothing, exclusions: null, suppressed: true };
  const rate = denominator === 0 ? null : numerator / denominator;
  return {
    ...{ stratum, numerator, denominator, rate },
    ...{ median: rounded(median), p90: rounded(p90), p95: rounded(p95) },
    ...{ exclusions: isBare ? null : exclusions, suppressed: false },
  };
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 100) / 100;
