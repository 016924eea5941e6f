import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as carePlan } from './care-plan/care-plan.resolvers.ts';
import { resolvers as caseFile } from './case-file/case-file.resolvers.ts';
import { resolvers as client } from './client/client.resolvers.ts';
import { resolvers as episode } from './episode/episode.resolvers.ts';
import { resolvers as goal } from './goal/goal.resolvers.ts';
import { resolvers as instrument } from './instrument/instrument.resolvers.ts';
import { resolvers as need } from './need/need.resolvers.ts';
import { resolvers as screening } from './screening/screening.resolvers.ts';
import { resolvers as timeline } from './timeline/timeline.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'treatment',
    sourceDir: import.meta.dirname,
    slices: [instrument, screening, episode, carePlan, goal, need, client, caseFile, timeline],
    logger,
  });
}
