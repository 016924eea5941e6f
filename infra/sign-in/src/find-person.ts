import type { DemonstrationPerson } from './people.ts';

/** One sentence that names everyone who could have been meant. */
export function unknownPerson(key: string, people: readonly DemonstrationPerson[]): string {
  // Control characters would break the header and the terminal that this sentence ends up in.
  const shown = key
    .replace(/[^\x20-\x7e]/g, '?')
    .replaceAll('"', "'")
    .slice(0, 40);
  return `There is no demonstration person '${shown}', choose one of: ${people.map((one) => one.key).join(', ')}.`;
}
