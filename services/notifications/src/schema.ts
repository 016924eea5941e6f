import { buildSubgraphSchema } from '@apollo/subgraph';
import { loadTypeDefs, scalarResolvers } from '@throughline/graphql';
import type { GraphQLSchema } from 'graphql';
import { resolvers as caseManager } from './case-manager/case-manager.resolvers.ts';
import { resolvers as client } from './client/client.resolvers.ts';
import { resolvers as escalation } from './escalation/escalation.resolvers.ts';
import type { Resolvers } from './generated/graphql.ts';
import { resolvers as notification } from './notification/notification.resolvers.ts';
import { resolvers as quietHours } from './quiet-hours/quiet-hours.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
const slices: Resolvers[] = [notification, escalation, quietHours, caseManager, client];

export function createSchema(): GraphQLSchema {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of slices.flatMap((slice) => Object.entries(slice) as [string, object][])) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  return buildSubgraphSchema([
    { typeDefs: loadTypeDefs(import.meta.dirname), resolvers: resolvers as never },
  ]);
}
