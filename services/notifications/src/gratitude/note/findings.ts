import { harmlessCapitals, words } from './words.ts';

/** Reason to look at a note with care. */
export type NoteFinding = 'CRISIS' | 'HEALTH' | 'NAME' | 'CONTACT_DATA' | 'LANGUAGE_NOT_CHECKED';

/** Languages for which there are words. */
const checkedLanguages: ReadonlySet<string> = new Set(['en', 'es']);

/**
 * What is found in the text of a note. The words of both languages are looked for in every text, because people mix
 * languages. A language without words is a finding, too: a person must read it. Source: infra/reference/domain.md 8.6, 8.9.
 */
export function findingsIn(text: string, language: string): NoteFinding[] {
  const plain = plainOf(text);
  const found: Record<NoteFinding, boolean> = {
    CRISIS: patterns.CRISIS.test(plain),
    HEALTH: patterns.HEALTH.test(plain),
    NAME: patterns.NAME.test(plain) || hasCapitalInside(text),
    CONTACT_DATA: /@|\d{3}/.test(plain),
    LANGUAGE_NOT_CHECKED: !isChecked(language) || hasOtherScript(text),
  };
  return (Object.keys(found) as NoteFinding[]).filter((finding) => found[finding]);
}

/** Whether the text has the address of a page. */
export function hasLink(text: string): boolean {
  return /(?:https?:\/\/|www\.)\S|\b[\p{L}\d-]+\.(?:com|org|net|info|io|co|gov|edu|us|mx|th|ly|me)\b/iu.test(
    text,
  );
}

const patterns = { CRISIS: patternOf('CRISIS'), HEALTH: patternOf('HEALTH'), NAME: patternOf('NAME') };

function patternOf(kind: keyof typeof words): RegExp {
  const either = words[kind].map((word) => word.replace(/ /g, '\\s+').replace(/\*$/, '\\p{L}*')).join('|');
  return new RegExp(`(?<![\\p{L}\\d])(?:${either})(?![\\p{L}\\d])`, 'u');
}

/** Small letters without accents, plain apostrophes, and nothing invisible between letters. */
function plainOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[’‘`´]/g, "'")
    .toLowerCase();
}

function isChecked(language: string): boolean {
  return checkedLanguages.has(language.toLowerCase().split('-')[0] ?? '');
}

function hasOtherScript(text: string): boolean {
  return /(?!\p{Script=Latin})\p{L}/u.test(text.normalize('NFKC'));
}

/** A capital letter in the middle of a sentence is likely a name. */
function hasCapitalInside(text: string): boolean {
  const inside = text.matchAll(/(?<=[\p{L}\d,;:’')]\s+)\p{Lu}[\p{L}'’]*/gu);
  return [...inside].some(([word]) => !harmlessCapitals.has(plainOf(word)));
}
