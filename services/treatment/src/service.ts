import { withProjections } from '@throughline/messaging';
import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import type { TreatmentConfig } from './config.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { projections } from './projections.ts';
import { createSchema } from './schema.ts';

/** Starts this service; several may share a process. */
export function startTreatment(config: TreatmentConfig, options: ServiceOptions): Promise<RunningService> {
  return startService(
    {
      name: 'treatment',
      config,
      createDataSource,
      assemble: ({ db, now, logger }) => ({
        schema: createSchema(logger),
        reactions: withProjections(projections),
        createContext: (viewer, requestId) =>
          createContext({ db, now, timeZone: config.PROGRAM_TIME_ZONE }, viewer, requestId),
      }),
    },
    options,
  );
}
