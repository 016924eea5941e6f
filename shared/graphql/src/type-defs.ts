import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The SDL of every subgraph: scalars, problems, paging, limits of inputs, enums that several subgraphs use. */
export const sharedSdl = readFolder(import.meta.dirname);

/** All SDL of a service: the shared part, and its own files below its src folder, in a stable order. */
export function readSdl(sourceDir: string): string {
  return [sharedSdl, readFolder(sourceDir)].join('\n');
}

function readFolder(folder: string): string {
  const files = globSync('**/*.graphql', { cwd: folder }).sort();
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}
