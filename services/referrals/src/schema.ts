import { buildSubgraphSchema } from '@apollo/subgraph';
import { loadTypeDefs, scalarResolvers } from '@throughline/graphql';
import type { GraphQLSchema } from 'graphql';
import type { Resolvers } from './generated/graphql.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
const slices: Resolvers[] = [];

export function createSchema(): GraphQLSchema {
  const empty = { kind: 'Document', definitions: [] } as const;
  return buildSubgraphSchema([
    { typeDefs: loadTypeDefs(import.meta.dirname), resolvers: scalarResolvers },
    ...slices.map((resolvers) => ({ typeDefs: empty, resolvers: resolvers as never })),
  ]);
}
