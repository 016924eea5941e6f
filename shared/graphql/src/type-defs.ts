import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The SDL that every subgraph starts from: scalars, problems, paging, the federation link. */
export const sharedSdl = readFileSync(join(import.meta.dirname, 'shared.graphql'), 'utf8');

/** All SDL below a service's src folder, in a stable order. */
export function readSdl(sourceDir: string): string {
  const files = globSync('**/*.graphql', { cwd: sourceDir }).sort();
  return [sharedSdl, ...files.map((file) => readFileSync(join(sourceDir, file), 'utf8'))].join('\n');
}
