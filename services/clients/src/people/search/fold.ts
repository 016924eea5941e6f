import anyAscii from 'any-ascii';
import { doubleMetaphone } from 'double-metaphone';

const limits = { words: 16, letters: 40 };

/** Words that people write together with the next one, or not: `de la Cruz` and `Delacruz`, `al-Rashid` and `Alrashid`. */
const particles = new Set(
  'al el de del de la las los le du da dos das di van von der den ten ter bin ibn ben abu mac mc st san o'.split(
    ' ',
  ),
);

/**
 * The words of a text in small Latin letters: one form for accents, composed and decomposed letters, apostrophes of any
 * kind and other scripts, whatever the locale of the database is.
 */
export function foldedWords(text: string): string[] {
  return fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, limits.letters))
    .slice(0, limits.words);
}

function fold(text: string): string {
  const letters = text.normalize('NFKC').replaceAll(/\p{Extended_Pictographic}/gu, ' ');
  return anyAscii(letters)
    .replaceAll(/['`"´]/g, '')
    .toLowerCase();
}

/** All words under which a name is found: its words, and those that are also written as one. */
export function nameWords(name: string): string[] {
  const words = foldedWords(name);
  const hyphened = fold(name).match(/[a-z]+(?:-[a-z]+)+/g) ?? [];
  const joined = [...hyphened.map((one) => one.replaceAll('-', '')), ...withParticles(words)];
  return [...new Set([...words, ...joined.map((word) => word.slice(0, limits.letters))])];
}

function withParticles(words: readonly string[]): string[] {
  return words.flatMap((word, start) => {
    if (!particles.has(word) || particles.has(words[start - 1] ?? '')) return [];
    const end = words.findIndex((next, place) => place > start && !particles.has(next));
    return end < 0 ? [] : [words.slice(start, end + 1).join('')];
  });
}

/** How a word sounds to English ears, in one or two spellings. */
export function soundsOf(word: string): string[] {
  return [...new Set(doubleMetaphone(word))].filter((sound) => sound !== '');
}

/**
 * Keys that two words share when one letter is missing, added, exchanged or in the place of its neighbour, or when they
 * sound alike: so an index finds typing mistakes without comparing all words.
 */
export function alikeKeys(word: string): string[] {
  const shorter =
    word.length < 3 ? [] : Array.from(word, (_letter, place) => word.slice(0, place) + word.slice(place + 1));
  return [...new Set([word, ...shorter, ...soundsOf(word).map((sound) => `~${sound}`)])];
}
