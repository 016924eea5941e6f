import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { AccessRules } from './access-rules.ts';
import { enforceAccess } from './enforce-access.ts';
import { scalarResolvers } from './scalars.ts';
import { loadTypeDefs } from './type-defs.ts';

/**
 * The schema of one service: all SDL below its source folder, and each slice's resolvers, which may add to one type.
 * Who may ask which field is guarded as the SDL says; throws when it says nothing of a field.
 */
export function buildSchema(sourceDir: string, slices: readonly object[]): GraphQLSchema {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of slices.flatMap((slice) => Object.entries(slice) as [string, object][])) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  const typeDefs = loadTypeDefs(sourceDir);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  return enforceAccess(schema, new AccessRules(typeDefs));
}
