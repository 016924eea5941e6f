import type { Instrument } from '../instrument/instrument.ts';

/** A total at one day, oldest first. */
export interface TrendPoint {
  screeningId: string;
  on: string;
  total: number;
}

export type ReliableChange = 'IMPROVED' | 'WORSENED' | 'NONE';

/** What the change between the first and the last total means; null where the tool has no published rule. */
export interface Change {
  points: number;
  /** Percent of the first total by which the last one is lower; negative when it is higher; null from a total of 0. */
  percentLower: number | null;
  reliable: ReliableChange | null;
  response: boolean | null;
  remission: boolean | null;
  meaning: string;
}

/**
 * Compares the first and the last total. A change counts from `reliable` points on; a response is a drop by
 * `responsePercent`; remission is a last total below `remissionBelow` after one that was positive. Null with fewer than
 * two totals. Higher totals are worse in all tools. Source: infra/reference/domain.md 4.1.
 */
export function changeOf(
  { code, change: rule, total: scored }: Pick<Instrument, 'code' | 'change' | 'total'>,
  points: readonly TrendPoint[],
): Change | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return null;
  const lower = first.total - last.total;
  const percentLower = first.total === 0 ? null : Math.round((lower * 100) / first.total);
  const cutOff = typeof scored?.positive === 'number' ? scored.positive : null;
  const found = {
    points: last.total - first.total,
    percentLower,
    reliable: rule ? reliableOf(lower, rule.reliable) : null,
    response: rule ? first.total > 0 && lower * 100 >= first.total * rule.responsePercent : null,
    remission: isRemission(rule?.remissionBelow ?? null, cutOff, [first, last]),
  };
  return { ...found, meaning: sentence(code, [first, last], found) };
}

function isRemission(
  below: number | null,
  cutOff: number | null,
  [first, last]: [TrendPoint, TrendPoint],
): boolean | null {
  if (below === null || cutOff === null) return null;
  return first.total >= cutOff && last.total < below;
}

function reliableOf(lower: number, least: number): ReliableChange {
  if (Math.abs(lower) < least) return 'NONE';
  return lower > 0 ? 'IMPROVED' : 'WORSENED';
}

const wordsOf: Record<ReliableChange, string> = {
  IMPROVED: 'This is a reliable improvement',
  WORSENED: 'This is a reliable worsening',
  NONE: 'The change is smaller than what the tool can tell apart from chance',
};

function sentence(
  code: string,
  [first, last]: [TrendPoint, TrendPoint],
  { points, reliable, response, remission }: Omit<Change, 'meaning'>,
): string {
  const moved = points === 0 ? 'stayed at' : points < 0 ? 'fell from' : 'rose from';
  const totals = points === 0 ? String(last.total) : `${String(first.total)} to ${String(last.total)}`;
  const moves = `${code} ${moved} ${totals} between ${first.on} and ${last.on}.`;
  if (!reliable) return `${moves} There is no published rule for what a change of this tool means.`;
  const also = [...(response ? ['a response'] : []), ...(remission ? ['a remission'] : [])];
  const more = also.length > 0 ? `, and ${also.join(' and ')}` : '';
  return `${moves} ${wordsOf[reliable]}${more}.`;
}
