import { buildSubgraphSchema } from '@apollo/subgraph';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { gql } from 'graphql-tag';
import { AccessRules } from './access-rules.ts';
import { enforceAccess } from './enforce-access.ts';
import { entitiesOneByOne } from './entities-one-by-one.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { resolveUnions } from './result-types.ts';
import { scalarResolvers } from './scalars.ts';
import { lenientEnums } from './unreadable.ts';

/** Wraps the resolvers of a schema with a rule of the SDL. */
export type Guard = (schema: GraphQLSchema, sdl: DocumentNode) => void;

/**
 * The schema of one service: its whole SDL, and the resolvers of each slice; several slices may add to one
 * type. The roles of `@access` are checked first, then each further guard. Throws when a field has no rule.
 * Values that an enum or a scalar cannot read reach the command, which reports them with all other faults.
 */
export function buildSchema(
  sdl: string,
  slices: readonly object[],
  guards: readonly Guard[] = [],
): GraphQLSchema {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of slices.flatMap((slice) => Object.entries(slice) as [string, object][])) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  const typeDefs = gql(sdl);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  for (const guard of guards) guard(schema, typeDefs);
  return enforceAccess(
    refuseUnreadable(lenientEnums(entitiesOneByOne(resolveUnions(schema)))),
    new AccessRules(typeDefs),
  );
}
