import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import type { ReferralsConfig } from './config.ts';
import { releaseBasisReader } from './referral/consent/release-basis.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { createJobs, createReactions } from './loop.ts';
import { sealPlainSecrets } from './delivery/webhook/reseal-secrets.ts';
import { admitPartner } from './partner/partner/admit-partner.ts';
import { createSchema } from './schema.ts';

/** Starts this service; several may share a process. */
export async function startReferrals(
  config: ReferralsConfig,
  options: ServiceOptions,
): Promise<RunningService> {
  const readReleaseBasis = releaseBasisReader({
    clientsUrl: config.CLIENTS_URL,
    key: config.RELEASE_BASIS_PRIVATE_KEY,
    timeoutMs: config.CLIENTS_TIMEOUT_MS,
  });
  const running = await startService(
    {
      name: 'referrals',
      config,
      createDataSource,
      assemble: ({ db, now, logger }) => ({
        schema: createSchema(logger),
        reactions: createReactions(now),
        jobs: createJobs({ config, now, readReleaseBasis }),
        admitPartner: (viewer) => admitPartner(db.manager, viewer, now()),
        createContext: (viewer, requestId) =>
          createContext({ db, config, logger, now, readReleaseBasis }, viewer, requestId),
      }),
    },
    options,
  );
  await sealPlainSecrets(running.dataSource.manager, config.WEBHOOK_SECRET_KEYS);
  return running;
}
