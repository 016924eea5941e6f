import { isDay } from '@throughline/privacy';
import { readInsurance } from './read-insurance.ts';
import { readLanguage } from './read-language.ts';
import { readClock, readZone } from './read-time.ts';
import { readWeekdays } from './read-weekdays.ts';

/** Meaning of a field in a directory package. */
export type FieldKind =
  | 'line'
  | 'text'
  | 'integer'
  | 'age'
  | 'count'
  | 'number'
  | 'latitude'
  | 'longitude'
  | 'date'
  | 'time'
  | 'zone'
  | 'timestamp'
  | 'weekdays'
  | 'language'
  | 'insurance'
  | 'serviceStatus';

/** Most characters of a text; a line is a text that people search by. */
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
    case 'count':
      return within(text, /^\d{1,6}(\.0+)?$/, 0, 999_999);
    case 'age':
      return within(text, /^\d{1,3}(\.0+)?$/, 0, 150);
    case 'number':
      return readNumber(text);
    case 'latitude':
      return within(text, /^-?\d{1,3}(\.\d+)?$/, -90, 90);
    case 'longitude':
      return within(text, /^-?\d{1,3}(\.\d+)?$/, -180, 180);
    case 'date':
      return readDate(text);
    case 'time':
      return readClock(text) && text;
    case 'zone':
      return readZone(text);
    case 'timestamp':
      return readTimestamp(text);
    case 'weekdays':
      return readWeekdays(text);
    case 'language':
      return readLanguage(text);
    case 'insurance':
      return readInsurance(text);
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

/** 1200.5, 1,200.50 and $25. */
function readNumber(text: string): number | null {
  const plain = text.replace(/^\$\s*/, '');
  const isGrouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain);
  return within(isGrouped ? plain.replaceAll(',', '') : plain, /^-?\d{1,12}(\.\d+)?$/, -1e12, 1e12);
}

/** A moment; UTC when the text names no zone. */
function readTimestamp(text: string): string | null {
  const day = readDate(text);
  const time = /^.{10}[T ](\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!day || (text.length > 10 && !time)) return null;
  const moment = new Date(`${day}T${time?.[1] ?? '00:00'}${time?.[4] ?? 'Z'}`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
