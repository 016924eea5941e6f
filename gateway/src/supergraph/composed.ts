import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type GraphName = 'staff' | 'partner';

export const graphNames: readonly GraphName[] = ['staff', 'partner'];

const folder = join(import.meta.dirname, '..', '..', 'generated');

/** File to which `npm run compose` writes the supergraph of a graph. It is generated and not committed. */
export const composedFile = (graph: GraphName): string => join(folder, `${graph}.supergraph.graphql`);

/** The composed supergraph of a graph. Throws when nobody has composed it yet. */
export function composedSupergraph(graph: GraphName): string {
  const file = composedFile(graph);
  if (!existsSync(file)) throw new Error(`${file} is missing. "npm run compose" writes it.`);
  return readFileSync(file, 'utf8');
}
