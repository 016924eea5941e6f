import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import internals from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import { withSubscriptions } from '../live/live-schema.ts';

export type GraphName = 'staff' | 'partner';

const here = join(import.meta.dirname, '..', '..');

/** What callers of a graph see: its committed supergraph without federation, and the subscriptions. */
export function apiSchema(graph: GraphName): GraphQLSchema {
  if (graph === 'partner') return composed('partner.supergraph.graphql');
  return withSubscriptions(composed('supergraph.graphql'));
}

function composed(file: string): GraphQLSchema {
  const sdl = readFileSync(join(here, file), 'utf8');
  return internals.Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
}
