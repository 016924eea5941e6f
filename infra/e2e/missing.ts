import type { GraphQLFormattedError } from 'graphql';

type Path = readonly (string | number)[];

/** What an answer lacks, compared with the same one when everything was well. */
export interface Lack {
  /** Places that are null and were not, the highest ones. */
  missing: Path[];
  /** Places that say something else; there must be none. */
  changed: Path[];
}

/** Where an object says what of it is withheld, and why; it may say more when somebody cannot be asked. */
const reasons = 'access';

export function lackOf(whole: unknown, answer: unknown, path: Path = []): Lack {
  if (whole === null || whole === undefined) return { missing: [], changed: answer === whole ? [] : [path] };
  if (answer === null || answer === undefined) return { missing: [path], changed: [] };
  if (typeof whole !== 'object' || typeof answer !== 'object')
    return { missing: [], changed: whole === answer ? [] : [path] };
  const keys = new Set([...Object.keys(whole), ...Object.keys(answer)].filter((key) => key !== reasons));
  const lacks = [...keys].map((key) => {
    const step = Array.isArray(whole) ? Number(key) : key;
    const at = (value: object): unknown => (value as Record<string, unknown>)[key];
    return lackOf(at(whole), at(answer), [...path, step]);
  });
  return {
    missing: lacks.flatMap(({ missing }) => missing),
    changed: lacks.flatMap(({ changed }) => changed),
  };
}

/** Whether an error says why the place is null: it is about the place, or about something in it that had to be there. */
export function explains({ path = [] }: GraphQLFormattedError, place: Path): boolean {
  return place.every((step, index) => path[index] === step);
}

/** Whether the object itself says that the field is withheld, because the service that permits it could not be asked. */
export function isWithheld(answer: unknown, place: Path): boolean {
  const around = place
    .slice(0, -1)
    .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], answer);
  const said = (around as Record<string, unknown>)[reasons];
  const field = String(place.at(-1));
  return (
    Array.isArray(said) &&
    (said as { field: string; reason: string }[]).some(
      (one) => one.field.split('.')[0] === field && one.reason === 'CONSENT_UNVERIFIABLE',
    )
  );
}

/** The names of the fields that lead there, without the places in lists: the same for every item. */
export function fieldAt(place: Path): string {
  const layers = new Set(['edges', 'node']);
  return place.filter((step) => typeof step === 'string' && !layers.has(step)).join('.');
}
