import { buildSubgraphSchema } from '@apollo/subgraph';
import { loadTypeDefs, scalarResolvers } from '@throughline/graphql';
import type { GraphQLSchema } from 'graphql';
import { resolvers as carePlan } from './care-plan/care-plan.resolvers.ts';
import { resolvers as caseFile } from './case-file/case-file.resolvers.ts';
import { resolvers as client } from './client/client.resolvers.ts';
import { resolvers as episode } from './episode/episode.resolvers.ts';
import type { Resolvers } from './generated/graphql.ts';
import { resolvers as goal } from './goal/goal.resolvers.ts';
import { resolvers as instrument } from './instrument/instrument.resolvers.ts';
import { resolvers as need } from './need/need.resolvers.ts';
import { resolvers as screening } from './screening/screening.resolvers.ts';
import { resolvers as timeline } from './timeline/timeline.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
const slices: Resolvers[] = [
  instrument,
  screening,
  episode,
  carePlan,
  goal,
  need,
  client,
  caseFile,
  timeline,
];

/** Several slices may add to the same type, as most do to Query and Mutation. */
export function createSchema(): GraphQLSchema {
  const resolvers: Record<string, object> = { ...scalarResolvers };
  for (const [type, fields] of slices.flatMap((slice) => Object.entries(slice) as [string, object][])) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
  return buildSubgraphSchema([
    { typeDefs: loadTypeDefs(import.meta.dirname), resolvers: resolvers as never },
  ]);
}
