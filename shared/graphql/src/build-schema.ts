import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { gql } from 'graphql-tag';
import { AccessRules } from './access-rules.ts';
import { enforceAccess } from './enforce-access.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { resolveUnions } from './result-types.ts';
import { scalarResolvers } from './scalars.ts';
import { lenientEnums } from './unreadable.ts';

/**
 * The schema of one service: its whole SDL, and each slice's resolvers, which may add to one type.
 * Who may ask which field is guarded as the SDL says; throws when it says nothing of a field. Values that an enum or a
 * scalar cannot read reach the command, which tells them with all other faults.
 */
export function buildSchema(sdl: string, slices: readonly object[]): GraphQLSchema {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of slices.flatMap((slice) => Object.entries(slice) as [string, object][])) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  const typeDefs = gql(sdl);
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  return enforceAccess(refuseUnreadable(lenientEnums(resolveUnions(schema))), new AccessRules(typeDefs));
}
