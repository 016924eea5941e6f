import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface WrittenFile {
  /** From the root of the repository. */
  path: string;
  text: string;
}

const repository = resolve(import.meta.dirname, '../..');
const madeByPrograms = ['node_modules', 'generated', '.data', '.turbo', 'contracts', 'released'];

/** Every file of these kinds that a person writes. */
export function writtenFiles(...kinds: string[]): WrittenFile[] {
  const patterns = kinds.map((kind) => `**/*.${kind}`);
  const paths = globSync(patterns, {
    cwd: repository,
    exclude: (name) => madeByPrograms.some((made) => name.split('/').includes(made)),
  });
  return paths.sort().map((path) => ({ path, text: readFileSync(resolve(repository, path), 'utf8') }));
}
