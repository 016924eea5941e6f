import internals from '@apollo/federation-internals';
import { subgraphs } from '../subgraphs.ts';

/** Throws one sentence when the text is no supergraph of ours: a graph that serves must not learn it by trying. */
export function checkSupergraph(sdl: string): void {
  const supergraph = internals.Supergraph.build(sdl);
  supergraph.apiSchema().toGraphQLJSSchema();
  const known = new Set<string>(subgraphs.map(({ name }) => name));
  const strangers = [...supergraph.subgraphNameToGraphEnumValue().keys()].filter((name) => !known.has(name));
  if (strangers.length > 0)
    throw new Error(`The supergraph names a service that has no address: ${strangers.join(', ')}`);
}
