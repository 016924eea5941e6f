import type { Ages } from '@throughline/privacy';
import type { InstrumentDefinition } from './definition-file.ts';

/**
 * One version of a screening tool, as data: adding a tool adds a definition, no code. Bands are convention and
 * cut-offs are policy, so both are data.
 * Source: infra/reference/domain.md 4.1, 4.2.
 */
export type Instrument = InstrumentDefinition;
export type Item = Instrument['items'][number];
export type ScoreRule = Instrument['subscores'][number];
export type Band = ScoreRule['bands'][number];
export type Condition = NonNullable<Item['onlyIf']>;
/** The group whose cut-off counts, where a cut-off differs by sex. */
export type CutOffGroup = 'MEN' | 'WOMEN';

export interface Answer {
  item: number;
  value: number;
}

export interface AnswerFault {
  /** Position in the list of answers. */
  index: number;
  code: 'UNKNOWN_ITEM' | 'ANSWERED_TWICE' | 'NOT_OFFERED' | 'NOT_ASKED' | 'CONTRADICTION';
  message: string;
}

/** Every value that was given for each item. */
export type Given = ReadonlyMap<number, readonly number[]>;

/** The answers by item. */
export function byItem(answers: readonly Answer[]): Given {
  const groups = Map.groupBy(answers, ({ item }) => item);
  return new Map([...groups].map(([item, list]) => [item, list.map(({ value }) => value)]));
}

/** Whether one of the items has an answer of at least `from`. */
export function holds({ items, from }: Condition, given: Given): boolean {
  return items.some((item) => given.get(item)?.some((value) => value >= from));
}

/** Whether the item is asked, by the answers before it. */
export function isAsked({ onlyIf }: Item, given: Given): boolean {
  return !onlyIf || holds(onlyIf, given);
}

/** Every answer that the instrument does not have; with one of them nothing is scored. */
export function faultsOf(instrument: Instrument, answers: readonly Answer[]): AnswerFault[] {
  const given = byItem(answers);
  const seen = new Set<string>();
  return answers.flatMap((answer, index): AnswerFault[] => {
    const fault = faultOf(instrument, answer, given, seen);
    const item = instrument.items.find(({ number }) => number === answer.item);
    seen.add(item?.many ? `${String(answer.item)}=${String(answer.value)}` : String(answer.item));
    return fault ? [{ index, ...fault }] : [];
  });
}

function faultOf(
  instrument: Instrument,
  { item: number, value }: Answer,
  given: Given,
  seen: ReadonlySet<string>,
): Omit<AnswerFault, 'index'> | null {
  const item = instrument.items.find((candidate) => candidate.number === number);
  if (!item) return { code: 'UNKNOWN_ITEM', message: `${instrument.code} has no such item.` };
  const name = item.many ? `${String(number)}=${String(value)}` : String(number);
  if (seen.has(name)) return { code: 'ANSWERED_TWICE', message: 'The item is answered twice.' };
  if (!isOffered(instrument, item, value)) return { code: 'NOT_OFFERED', message: offered(instrument, item) };
  if (!isAsked(item, given) && value > 0) {
    const others = item.onlyIf?.items.join(', ') ?? '';
    return { code: 'NOT_ASKED', message: `It is asked only after another answer to item ${others}.` };
  }
  if (item.many && value === 0 && (given.get(number)?.length ?? 0) > 1)
    return { code: 'CONTRADICTION', message: 'The answer "none" cannot stand with another one.' };
  return null;
}

function isOffered({ choices }: Instrument, item: Item, value: number): boolean {
  const set = choices[item.choices] ?? [];
  return Array.isArray(set)
    ? set.some((choice) => choice.value === value)
    : value >= set.from && value <= set.to;
}

function offered(instrument: Instrument, item: Item): string {
  const set = instrument.choices[item.choices] ?? [];
  return Array.isArray(set)
    ? `Offered values: ${set.map(({ value }) => value).join(', ')}.`
    : `Offered values: ${String(set.from)} to ${String(set.to)}.`;
}

/** The values that an item offers; empty where every whole number of a range is one. */
export function valuesOf({ choices }: Instrument, item: Item): number[] {
  const set = choices[item.choices] ?? [];
  return Array.isArray(set) ? set.map(({ value }) => value) : [];
}

/** Points of an answer: the value, unless the definition gives others (a reversed item). */
export function pointsOf({ choices }: Instrument, item: Item, value: number): number {
  const set = choices[item.choices] ?? [];
  if (!Array.isArray(set)) return value;
  const explicit = set.some(({ points }) => points !== undefined);
  return set.find((choice) => choice.value === value)?.points ?? (explicit ? 0 : value);
}

/** Whether a higher answer gives fewer points. */
export function isReversed(instrument: Instrument, item: Item): boolean {
  const values = valuesOf(instrument, item);
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  return values.length > 1 && pointsOf(instrument, item, first) > pointsOf(instrument, item, last);
}

/** Whether the instrument is valid at one of the possible ages of the client: a wide range refuses nobody. */
export function isForAge({ ages }: Pick<Instrument, 'ages'>, { youngest, oldest }: Ages): boolean {
  return oldest >= ages.from && (ages.to === null || youngest <= ages.to);
}

/** The cut-offs of a score: one without a group, or one for each group. */
export function cutOffsOf({ positive }: ScoreRule): { group: CutOffGroup | null; from: number }[] {
  if (positive === null) return [];
  return typeof positive === 'number' ? [{ group: null, from: positive }] : [...positive];
}
