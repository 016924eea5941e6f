import type { CallLine } from './call-line.ts';
import { isOpenAt } from './opening.ts';

/** Who needs a line, and when. */
export interface LineWish {
  at: Date;
  language: string | null;
  /** Two letters of the state where the caller is; null: not known. */
  state: string | null;
}

/**
 * Lines that serve the caller now: open, and of the caller's state or of the whole country. Lines that speak the language
 * come first, then lines with interpreters, then the others: a line in another language is better than none.
 */
export function linesFor(lines: readonly CallLine[], { at, language, state }: LineWish): CallLine[] {
  return lines
    .filter((line) => isOpenAt(line, at) && servesState(line, state))
    .toSorted((a, b) => distance(a, language) - distance(b, language));
}

/** Whether the line serves callers of the state; a state that is not known excludes only lines of single states. */
function servesState({ states }: CallLine, state: string | null): boolean {
  return states.length === 0 || (state !== null && states.includes(state));
}

/** Whether the line speaks the language, itself or through interpreters. */
export function speaks(line: CallLine, language: string): boolean {
  return distance(line, language) < 2;
}

function distance({ languages, interprets }: CallLine, language: string | null): number {
  if (language === null) return 0;
  const [wanted] = language.split('-');
  if (languages.some((spoken) => spoken.split('-')[0] === wanted)) return 0;
  return interprets ? 1 : 2;
}
