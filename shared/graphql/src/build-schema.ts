import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { scalarResolvers } from './scalars.ts';
import { loadTypeDefs } from './type-defs.ts';

/** The schema of one service: all SDL below its source folder, and each slice's resolvers, which may add to one type. */
export function buildSchema(sourceDir: string, slices: readonly object[]): GraphQLSchema {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of slices.flatMap((slice) => Object.entries(slice) as [string, object][])) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  return buildSubgraphSchema([{ typeDefs: loadTypeDefs(sourceDir), resolvers: resolvers as never }]);
}
