import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const edition = z.strictObject({
  edition: z.int(),
  dimensions: z
    .array(z.strictObject({ number: z.int(), name: z.string().min(1), isRated: z.boolean() }))
    .length(6),
  levels: z.array(z.strictObject({ code: z.string().min(1), name: z.string().min(1) })).min(1),
});
export type AsamEdition = z.output<typeof edition>;

/**
 * Dimensions and levels of each edition of the ASAM Criteria, as codes and names: criteria and rules of decision belong
 * to ASAM and are not here. Many states report the third edition. Source: infra/reference/domain.md 4.2, 4.5.
 */
export const asamEditions: readonly AsamEdition[] = z
  .array(edition)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'editions.json'), 'utf8')));

/** An edition by its number, or null. */
export function findEdition(number: number): AsamEdition | null {
  return asamEditions.find((one) => one.edition === number) ?? null;
}

/** Name of a level, or null when the edition has no such level. */
export function nameOfLevel(code: string, number: number): string | null {
  return findEdition(number)?.levels.find((level) => level.code === code)?.name ?? null;
}

/** Whether the edition has the level; without an edition, the fourth is meant. Source: infra/reference/domain.md 4.5. */
export function isLevel(code: string, number: number | null): boolean {
  return nameOfLevel(code, number ?? 4) !== null;
}
