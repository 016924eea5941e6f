import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import type { ReferralsConfig } from './config.ts';
import { releaseBasisReader } from './referral/consent/release-basis.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { createJobs, createReactions } from './loop.ts';
import { createSchema } from './schema.ts';

/** Starts this service; several may share a process. */
export function startReferrals(config: ReferralsConfig, options: ServiceOptions): Promise<RunningService> {
  const readReleaseBasis = releaseBasisReader({
    clientsUrl: config.CLIENTS_URL,
    key: config.RELEASE_BASIS_PRIVATE_KEY,
    timeoutMs: config.CLIENTS_TIMEOUT_MS,
  });
  return startService(
    {
      name: 'referrals',
      config,
      createDataSource,
      assemble: ({ db, now, logger }) => ({
        schema: createSchema(logger),
        reactions: createReactions(now),
        jobs: createJobs({ config, now, readReleaseBasis }),
        createContext: (viewer, requestId) =>
          createContext({ db, config, logger, now, readReleaseBasis }, viewer, requestId),
      }),
    },
    options,
  );
}
