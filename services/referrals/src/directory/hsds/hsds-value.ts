import { isDay } from '@throughline/privacy';

/** What a field of a directory means; null: it does not say, or not in a way that can be read. */
export type FieldKind =
  | 'line'
  | 'text'
  | 'integer'
  | 'age'
  | 'number'
  | 'latitude'
  | 'longitude'
  | 'date'
  | 'time'
  | 'weekdays'
  | 'language'
  | 'serviceStatus';

/** Longest texts taken; a line is what people search by. */
export const longest: Record<'line' | 'text', number> = { line: 500, text: 200_000 };

/**
 * The text without outer blanks, NUL and broken characters; null when nothing is left. Older exports write
 * line breaks as the two characters \n.
 */
export function cleanText(raw: string): string | null {
  // eslint-disable-next-line no-control-regex -- these are what PostgreSQL refuses in a text, or nobody can read
  const text = raw.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufeff]/g, '').replaceAll('\\n', '\n');
  return text.toWellFormed().trim() || null;
}

/** The value as its column holds it, or null when it cannot be read as one. */
export function readValue(kind: FieldKind, text: string): string | number | null {
  switch (kind) {
    case 'line':
    case 'text':
      return text;
    case 'integer':
      return within(text, /^-?\d{1,9}(\.0+)?$/, -2_000_000_000, 2_000_000_000);
    case 'age':
      return within(text, /^\d{1,3}(\.0+)?$/, 0, 150);
    case 'number':
      return within(text, /^-?\d{1,12}(\.\d+)?$/, -1e12, 1e12);
    case 'latitude':
      return within(text, /^-?\d{1,3}(\.\d+)?$/, -90, 90);
    case 'longitude':
      return within(text, /^-?\d{1,3}(\.\d+)?$/, -180, 180);
    case 'date':
      return readDate(text);
    case 'time':
      return readTime(text);
    case 'weekdays':
      return readWeekdays(text);
    case 'language':
      return readLanguage(text);
    case 'serviceStatus':
      return serviceStatuses[text.toLowerCase().replaceAll(/[\s_-]+/g, ' ')] ?? null;
  }
}

const serviceStatuses: Partial<Record<string, string>> = {
  active: 'ACTIVE',
  inactive: 'INACTIVE',
  defunct: 'DEFUNCT',
  'temporarily closed': 'TEMPORARILY_CLOSED',
};

function within(text: string, shape: RegExp, least: number, most: number): number | null {
  const value = Number(text);
  return shape.test(text) && value >= least && value <= most ? value : null;
}

function readDate(text: string): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})([T ].*)?$/.exec(text);
  if (!match) return null;
  const day = `${match[1]}-${match[2]}-${match[3]}`;
  return isDay(day) ? day : null;
}

/** Reads 8:00am, 8am, 9:00 a.m., 17:30, 10:00:00, 10:00Z and 0830; anything that could mean two things is null. */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2}):?(\d{2})?(?::\d{2})?\s*(a\.?m?\.?|p\.?m?\.?)?(?:Z|[+-]\d{2}:\d{2})?$/i.exec(text);
  if (!match) return null;
  const half = match[3]?.charAt(0).toLowerCase();
  if (!half && match[2] === undefined) return null;

  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (half && (hour < 1 || hour > 12)) return null;
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function readWeekdays(text: string): string | null {
  const days = text.split(/[,;\s]+/).map((day) => {
    const number = /^[1-7]$/.test(day) ? Number(day) - 1 : -1;
    return weekdays[number] ?? (/^[+-]?\d?[A-Z]{2}$/i.test(day) || /day$/i.test(day) ? short(day) : null);
  });
  return days.every((day) => day !== null) ? days.join(',') : null;
}

/** Monday, MO and the 2MO of a monthly rule. */
function short(day: string): string | null {
  const match = /^([+-]?\d)?([A-Z]{2})/i.exec(day);
  const name = match?.[2]?.toUpperCase();
  return name && weekdays.includes(name) ? `${match?.[1] ?? ''}${name}` : null;
}

const languages: Partial<Record<string, string>> = {
  english: 'en',
  spanish: 'es',
  español: 'es',
  creole: 'ht',
  'haitian creole': 'ht',
  'haitian-creole': 'ht',
  french: 'fr',
  portuguese: 'pt',
  russian: 'ru',
  german: 'de',
  italian: 'it',
  hebrew: 'he',
  yiddish: 'yi',
  arabic: 'ar',
  chinese: 'zh',
  mandarin: 'zh',
  cantonese: 'yue',
  vietnamese: 'vi',
  korean: 'ko',
  japanese: 'ja',
  tagalog: 'tl',
  hindi: 'hi',
  urdu: 'ur',
  polish: 'pl',
  ukrainian: 'uk',
  somali: 'so',
  'american sign language': 'ase',
  'sign language': 'ase',
  asl: 'ase',
};

/** The BCP 47 tag of a language's English name, or of a tag. "Spanish (limited)" counts: the note keeps the rest. */
export function readLanguage(text: string): string | null {
  const known = languages[text.toLowerCase().replace(/\s*\(.*\)$/, '')];
  if (known) return known;
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text) ? text : null;
}
