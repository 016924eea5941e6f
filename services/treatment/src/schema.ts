import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as carePlan } from './planning/care-plan/care-plan.resolvers.ts';
import { resolvers as episode } from './episode/episode/episode.resolvers.ts';
import { resolvers as goal } from './planning/goal/goal.resolvers.ts';
import { resolvers as instrument } from './assessment/instrument/instrument.resolvers.ts';
import { resolvers as need } from './planning/need/need.resolvers.ts';
import { resolvers as screening } from './assessment/screening/screening.resolvers.ts';
import { resolvers as timeline } from './timeline/timeline/timeline.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'treatment',
    sourceDir: import.meta.dirname,
    slices: [instrument, screening, episode, carePlan, goal, need, timeline],
    logger,
  });
}
