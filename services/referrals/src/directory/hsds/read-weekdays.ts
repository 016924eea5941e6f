const week = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** Names that can mean one day only. "T" or "S" can mean two days, "0" is Sunday to some and Monday to others. */
const names: Readonly<Record<string, readonly string[]>> = {
  MO: ['mo', 'mon', 'monday', 'mondays', '1', 'lunes', 'lundi', 'lendi'],
  TU: ['tu', 'tue', 'tues', 'tuesday', 'tuesdays', '2', 'martes', 'mardi', 'madi'],
  WE: ['we', 'wed', 'weds', 'wednesday', 'wednesdays', '3', 'miércoles', 'miercoles', 'mercredi', 'mèkredi'],
  TH: ['th', 'thu', 'thur', 'thurs', 'thursday', 'thursdays', '4', 'jueves', 'jeudi', 'jedi'],
  FR: ['fr', 'fri', 'friday', 'fridays', '5', 'viernes', 'vendredi', 'vandredi'],
  SA: ['sa', 'sat', 'saturday', 'saturdays', '6', 'sábado', 'sabado', 'samedi', 'samdi'],
  SU: ['su', 'sun', 'sunday', 'sundays', '7', 'domingo', 'dimanche', 'dimanch'],
};

const dayOf = new Map(
  Object.entries(names).flatMap(([day, words]) => words.map((word) => [word, day] as const)),
);

const groups: Readonly<Partial<Record<string, string>>> = {
  weekdays: 'MO,TU,WE,TH,FR',
  weekday: 'MO,TU,WE,TH,FR',
  'm-f': 'MO,TU,WE,TH,FR',
  weekends: 'SA,SU',
  weekend: 'SA,SU',
  daily: 'MO,TU,WE,TH,FR,SA,SU',
  'every day': 'MO,TU,WE,TH,FR,SA,SU',
  everyday: 'MO,TU,WE,TH,FR,SA,SU',
};

/** A day of a monthly rule, for example 2MO (the second Monday) or -1FR (the last Friday). */
const monthly = /^[+-]?\d(mo|tu|we|th|fr|sa|su)$/;

/**
 * Days as codes of RFC 5545, in the order of the text: "Mon-Fri", "Tu/Th", "Weekdays", "Saturday and Sunday", 2MO.
 * Numbers are 1 Monday to 7 Sunday. Null when a part can mean two things or nothing.
 * Source: infra/reference/domain.md 2.5.
 */
export function readWeekdays(text: string): string | null {
  const plain = text
    .toLowerCase()
    .replaceAll(/[‐-―−]/g, '-')
    .replaceAll(/\s*(?:-|\bto\b|\bthrough\b|\bthru\b)\s*/g, '-')
    .replaceAll(/\.(?=\s|,|-|$)/g, '')
    .trim();
  const group = groups[plain];
  if (group) return group;

  const parts = plain.split(/\s*[,;/&+]\s*|\s+and\s+|\s+/).map(readPart);
  const days = parts.flatMap((part) => part ?? []);
  return parts.includes(null) || days.length === 0 ? null : [...new Set(days)].join(',');
}

function readPart(part: string): readonly string[] | null {
  if (monthly.test(part)) return [part.replace('+', '').toUpperCase()];
  const day = dayOf.get(part);
  if (day) return [day];
  const [from, to, more] = part.split('-').map((end) => week.findIndex((known) => known === dayOf.get(end)));
  return from === undefined || to === undefined || from < 0 || to < 0 || more !== undefined
    ? (groups[part]?.split(',') ?? null)
    : daysBetween(from, to);
}

/** Sat-Mon goes over the end of the week. */
function daysBetween(from: number, to: number): string[] {
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_none, step) => week[(from + step) % 7] ?? 'MO');
}
