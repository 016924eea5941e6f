import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './json-schema.ts';

/**
 * What keeps `next` from standing in for `stored` under the same version. Both ways must work (FULL_TRANSITIVE):
 * an old reader reads new facts and a new reader old ones, so only optional fields may be added.
 */
export function breaksOf(stored: JsonSchema, next: JsonSchema): string[] {
  const before = stored.properties ?? {};
  const after = next.properties ?? {};
  return [
    ...Object.keys(before)
      .filter((field) => !isDeepStrictEqual(before[field], after[field]))
      .map((field) => (after[field] ? `${field} changed` : `${field} was removed`)),
    ...differenceOf(stored.required, next.required).map((field) => `${field} is no longer required`),
    ...differenceOf(next.required, stored.required).map((field) => `${field} is newly required`),
  ];
}

function differenceOf(some: readonly string[] = [], others: readonly string[] = []): string[] {
  return some.filter((field) => !others.includes(field));
}
