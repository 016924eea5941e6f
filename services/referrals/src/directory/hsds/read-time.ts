import { DateTime, FixedOffsetZone, IANAZone } from 'luxon';

/** A time as it stands in a directory: minutes of the day, and the distance from UTC when the text names one. */
export interface ClockTime {
  minutes: number;
  /** Minutes; null when the text names none. */
  offset: number | null;
}

const shape =
  /^(\d{1,2})[:h.]?(\d{2})?(?::\d{2}(?:\.\d+)?)?\s*(a\.?\s?m?\.?|p\.?\s?m?\.?|h)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads 8:00am, 8am, 9:00 a.m., 17:30, 10:00:00, 9h30, 0830, 13:00Z and 09:00-05:00. A text that can mean two things,
 * such as "8", is null.
 */
export function readClock(text: string): ClockTime | null {
  const match = shape.exec(text.normalize('NFKC').trim());
  if (!match) return null;
  const [, hourText, minuteText, halfText, zoneText] = match;
  const half = halfText?.toLowerCase() === 'h' ? undefined : halfText?.charAt(0).toLowerCase();
  if (!half && minuteText === undefined) return null;

  const hour = hourOf(Number(hourText), half);
  const minute = Number(minuteText ?? 0);
  if (hour === null || minute > 59 || (hour === 24 && minute > 0)) return null;
  const offset = zoneText ? readOffset(zoneText) : null;
  // 09:00-17:00 is a range and not an offset.
  return zoneText && offset === null ? null : { minutes: hour * 60 + minute, offset };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (!half) return hour <= 24 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

/** As a column of type `time` holds it. */
export function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
}

/** Distance from UTC in minutes: -5, -05:00, +0530, Z, UTC-5. Null for anything else. */
export function readOffset(text: string): number | null {
  const plain = text.trim().replace(/^(UTC|GMT)(?=[+-])/i, '');
  if (/^(Z|UTC|GMT)$/i.test(plain)) return 0;
  const match = /^([+-]?)(\d{1,2})(?::?(\d{2}))?(?:\.0+)?$/.exec(plain);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return minutes > 14 * 60 ? null : minutes * (match[1] === '-' ? -1 : 1);
}

/** The zone as we write it: an IANA name, UTC, or -05:00. Null when the text names none, EST for example. */
export function readZone(text: string): string | null {
  const offset = readOffset(text);
  if (offset !== null) return offsetText(offset);
  return /^[A-Za-z_]+\/[A-Za-z_/+-]+$/.test(text) && IANAZone.isValidZone(text) ? text : null;
}

function offsetText(offset: number): string {
  return offset === 0 ? 'UTC' : FixedOffsetZone.instance(offset).formatOffset(0, 'short');
}

export interface Hours {
  opens: ClockTime | null;
  closes: ClockTime | null;
  /** As `readZone` writes it. */
  zone: string | null;
}

export interface LocalHours {
  opensAt: string | null;
  closesAt: string | null;
  zone: string | null;
}

/**
 * Opening hours as local times with their zone. Hours in UTC move into the zone of the row; hours with another offset
 * are local already. Null when the hours cannot be moved without a guess: two offsets, an offset that the zone never
 * has, a zone whose summer time is unknown for the day, or hours that would fall on another day of the week.
 * Source: infra/reference/domain.md 2.5.
 */
export function localHours({ opens, closes, zone }: Hours): LocalHours | null {
  const times = [opens, closes].filter((time) => time !== null);
  const offsets = new Set(times.map(({ offset }) => offset));
  if (offsets.size > 1) return null;
  const [offset = null] = offsets;
  // Only two times with the same offset show that 09:00-05:00 is no range from 9 to 5.
  if (offset !== null && offset < 0 && opens?.minutes === (closes ?? opens)?.minutes) return null;
  const target = offset === null ? { zone, shift: 0 } : shiftOf(offset, zone);
  return target && moved(opens, closes, target);
}

interface Target {
  zone: string | null;
  /** Minutes to add. */
  shift: number;
}

function shiftOf(offset: number, zone: string | null): Target | null {
  if (zone === null) return { zone: offsetText(offset), shift: 0 };
  const possible = offsetsOf(zone);
  if (possible.includes(offset)) return { zone, shift: 0 };
  const [only, ...others] = possible;
  return offset === 0 && only !== undefined && others.length === 0 ? { zone, shift: only } : null;
}

/** The distances from UTC that a zone has in a year: one, or two with summer time. */
function offsetsOf(zone: string): number[] {
  const fixed = readOffset(zone);
  if (fixed !== null) return [fixed];
  const months = Array.from({ length: 12 }, (_none, month) => month + 1);
  return [...new Set(months.map((month) => DateTime.fromObject({ year: 2026, month }, { zone }).offset))];
}

const dayLong = 24 * 60;

function moved(
  opens: ClockTime | null,
  closes: ClockTime | null,
  { zone, shift }: Target,
): LocalHours | null {
  const from = opens && opens.minutes + shift;
  const to = closes && closes.minutes + shift;
  // The row's weekday is the day on which the service opens.
  const first = from ?? to;
  if (shift !== 0 && first !== null && (first < 0 || first >= dayLong)) return null;
  const end = to === null || shift === 0 ? to : (to + dayLong) % dayLong;
  return {
    opensAt: from === null ? null : timeText(from),
    closesAt: end === null ? null : timeText(end),
    zone,
  };
}
