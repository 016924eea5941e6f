import { careTeamReactions } from '@throughline/care-team';
import type { Reaction } from '@throughline/messaging';
import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import type { TreatmentConfig } from './config.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { onNeedRecorded } from './need/on-need-recorded.ts';
import { createSchema } from './schema.ts';
import { onEveryFact } from './timeline/on-every-fact.ts';

/** What this service does when it hears of a fact, its own included. */
const reactions: Reaction[] = [...careTeamReactions, onNeedRecorded, ...onEveryFact];

/** Starts this service; several may share a process. */
export function startTreatment(config: TreatmentConfig, options: ServiceOptions): Promise<RunningService> {
  return startService(
    {
      name: 'treatment',
      config,
      createDataSource,
      assemble: ({ db, now }) => ({
        schema: createSchema(),
        reactions,
        createContext: (viewer, requestId) => createContext({ db, now }, viewer, requestId),
      }),
    },
    options,
  );
}
