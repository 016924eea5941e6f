import type { Part } from '@throughline/care';
import { foldedWords } from './fold.ts';
import { readPhone, takePhones } from '../phone/phone.ts';
import { key } from './term.ts';

/** What of a client a hit was found by. */
export type MatchKind =
  | 'NAME'
  | 'NAME_PART'
  | 'NAME_SIMILAR'
  | 'NAME_SOUND'
  | 'CASE_NUMBER'
  | 'PHONE'
  | 'EMAIL'
  | 'DATE_OF_BIRTH'
  | 'YEAR_OF_BIRTH'
  | 'EXTERNAL_ID';

export interface Variant {
  term: string;
  kind: MatchKind;
  weight: number;
}

/** One thing that a client must have: a word in one of its spellings, or one of several readings of a number. */
export interface Place {
  /** The word as it was asked; null for a number, a day, an address. */
  word: string | null;
  variants: Variant[];
}

const exactly = (term: string, kind: MatchKind, weight = 100): Variant => ({ term, kind, weight });

/**
 * What a search text asks for, each place of which a client must meet. A comma, and which name comes first, do not matter.
 * Source: infra/reference/domain.md 8.3.
 */
export function readQuestion(text: string): Place[] {
  const trimmed = text.trim();
  const single = readSingle(trimmed);
  if (single) return [{ word: null, variants: single }];
  const { days, rest: withoutDays } = takeDays(trimmed);
  const { phones, rest } = takePhones(withoutDays);
  return [
    ...days.map((variants) => ({ word: null, variants })),
    ...phones.map((phone) => ({ word: null, variants: [exactly(key.phone(phone), 'PHONE')] })),
    ...wordsAsked(rest),
  ];
}

/** A text that is one number or address as a whole. */
function readSingle(text: string): Variant[] | null {
  const id = exactly(key.externalId(text), 'EXTERNAL_ID', 90);
  if (/^[a-z]{1,4}-\d{4}-\d+$/i.test(text)) return [exactly(key.caseNumber(text), 'CASE_NUMBER'), id];
  if (/^\S+@\S+$/.test(text)) return [exactly(key.email(text), 'EMAIL')];
  const digits = text.replace(/(?:x|ext\.?|#)\s*\d+\s*$/i, '').replaceAll(/\D/g, '');
  const isNumber = /^\+?[\d\s().\-/]{7,}(?:(?:x|ext\.?|#)\s*\d{1,7})?$/i.test(text);
  if (isNumber && digits.length >= 7 && takeDays(text).days.length === 0)
    return phoneVariants(text, digits, id);
  if (/^\d{4}$/.test(text))
    return [exactly(key.year(text), 'YEAR_OF_BIRTH', 80), exactly(key.number(text), 'CASE_NUMBER'), id];
  if (/^\d+$/.test(text)) return [exactly(key.number(text), 'CASE_NUMBER'), id];
  const isCode = /\d/.test(text) && !/\p{L}{3}/u.test(text) && takeDays(text).days.length === 0;
  return isCode ? [id] : null;
}

function phoneVariants(text: string, digits: string, id: Variant): Variant[] {
  const phone = readPhone(text)?.number;
  const whole = phone ? [exactly(key.phone(phone), 'PHONE')] : [];
  return digits.length === 7 ? [exactly(key.localPhone(digits), 'PHONE', 95), id] : [...whole, id];
}

const dayPattern = /\b(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([/.])(\d{1,2})\5(\d{4}))\b/g;

/** Days in the text. 05/06/1984 is 6 May, as in the United States, and 5 June with less weight; with dots the day is first. */
function takeDays(text: string): { days: Variant[][]; rest: string } {
  const days: Variant[][] = [];
  const rest = text.replaceAll(dayPattern, (whole, ...parts: (string | undefined)[]) => {
    const [year, month, day, first, mark, second, lastYear] = parts;
    const read = year
      ? [dayOf(year, month, day)]
      : [dayOf(lastYear, first, second), dayOf(lastYear, second, first)];
    const ordered = mark === '.' ? read.reverse() : read;
    const known = [...new Set(ordered.filter((one) => one !== null))];
    if (known.length === 0) return whole;
    days.push(known.map((one, place) => exactly(key.born(one), 'DATE_OF_BIRTH', 100 - 20 * place)));
    return ' ';
  });
  return { days, rest };
}

function dayOf(year = '', month = '', day = ''): string | null {
  return isDay(Number(year), Number(month), Number(day))
    ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    : null;
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const most = (daysOfMonth[month - 1] ?? 0) + (isLeap && month === 2 ? 1 : 0);
  return day >= 1 && day <= most;
}

/** One letter alone is an initial and asks for nothing, except where it is all that was asked. */
function wordsAsked(text: string): Place[] {
  const words = [...new Set(foldedWords(text))];
  const whole = words.filter((word) => word.length > 1);
  return (whole.length > 0 ? whole : words).slice(0, 6).map(placeOf);
}

function placeOf(word: string): Place {
  if (/^(?:19|20)\d\d$/.test(word))
    return { word: null, variants: [exactly(key.year(word), 'YEAR_OF_BIRTH')] };
  if (!/\d/.test(word)) return { word, variants: [exactly(word, 'NAME')] };
  const number = /^\d+$/.test(word) ? [exactly(key.number(word), 'CASE_NUMBER', 90)] : [];
  return {
    word: null,
    variants: [exactly(word, 'NAME'), exactly(key.externalId(word), 'EXTERNAL_ID'), ...number],
  };
}

/** Kinds by which people are found whom the viewer does not work with: a hit must not confirm a number or a day of birth. */
const open: ReadonlySet<MatchKind> = new Set([
  'NAME',
  'NAME_PART',
  'NAME_SIMILAR',
  'NAME_SOUND',
  'YEAR_OF_BIRTH',
]);

/** Whether a question asks for a name, and for nothing that only people who work with a client may know of them. */
export function asksOpenly(places: readonly Place[]): boolean {
  const variants = places.flatMap((place) => place.variants);
  return places.some(({ word }) => word !== null) && variants.every(({ kind }) => open.has(kind));
}

/** The part of the record that a hit by this kind tells something of. */
const partOf: Readonly<Record<MatchKind, Part>> = {
  NAME: 'IDENTITY',
  NAME_PART: 'IDENTITY',
  NAME_SIMILAR: 'IDENTITY',
  NAME_SOUND: 'IDENTITY',
  CASE_NUMBER: 'EXISTENCE',
  PHONE: 'CONTACT',
  EMAIL: 'CONTACT',
  DATE_OF_BIRTH: 'IDENTITY',
  YEAR_OF_BIRTH: 'IDENTITY',
  EXTERNAL_ID: 'IDENTITY',
};

/**
 * The question as far as it asks for parts that the viewer may read: a hit would tell the others. Null: a place asks
 * for nothing else, so nobody is found. Source: infra/reference/domain.md 8.3.
 */
export function readableQuestion(places: readonly Place[], readable: ReadonlySet<Part>): Place[] | null {
  const left = places.map(({ word, variants }) => ({
    word,
    variants: variants.filter(({ kind }) => readable.has(partOf[kind])),
  }));
  return left.every(({ variants }) => variants.length > 0) ? left : null;
}

/** How a client was found: for each place the kind of its best variant. */
export function matchedOn(places: readonly Place[], terms: ReadonlySet<string>): MatchKind[] {
  const kinds = places.flatMap(({ variants }) => {
    const met = variants.filter(({ term }) => terms.has(term));
    return met.length === 0 ? [] : [met.reduce((best, one) => (one.weight > best.weight ? one : best)).kind];
  });
  return [...new Set(kinds)];
}
