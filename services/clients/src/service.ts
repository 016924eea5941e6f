import type { Jobs, Reactions } from '@throughline/messaging';
import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import type { ClientsConfig } from './config.ts';
import { expiryJob } from './consent/consent/consent.commands.ts';
import { expireConsent } from './consent/consent/expire-consent.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { onDisclosureMade } from './consent/disclosure/on-disclosure-made.ts';
import { onDisclosureRepeated } from './consent/disclosure/on-disclosure-repeated.ts';
import { onReferralRequestStatusChanged } from './casework/need/on-referral-request-status-changed.ts';
import { ageGroupJob, tellAgeGroup } from './people/client/tell-age-group.ts';
import { restrictionJob, tellRestriction } from './people/client/tell-restriction.ts';
import { ownStanding } from './workforce/case-manager/own-standing.ts';
import { standingJob, tellStanding } from './workforce/case-manager/tell-standing.ts';
import { createSchema } from './schema.ts';

/** Reactions of this service to facts of other services. */
const reactionsAt = (now: () => Date): Reactions => ({
  work: [onReferralRequestStatusChanged, onDisclosureMade(now), onDisclosureRepeated],
});

/** Timers of this service. */
const jobsAt = (now: () => Date, timeZone: string): Jobs => ({
  timers: {
    [expiryJob]: expireConsent({ now, timeZone }),
    [ageGroupJob]: tellAgeGroup({ now, timeZone }),
    [restrictionJob]: tellRestriction({ now }),
    [standingJob]: tellStanding({ now }),
  },
});

/** Starts this service; several may share a process. */
export function startClients(config: ClientsConfig, options: ServiceOptions): Promise<RunningService> {
  return startService(
    {
      name: 'clients',
      config,
      createDataSource,
      internal: { caller: 'referrals', field: 'releaseBasis', keys: config.RELEASE_BASIS_PUBLIC_KEYS },
      standing: ownStanding,
      assemble: ({ db, now, logger }) => ({
        schema: createSchema(logger),
        reactions: reactionsAt(now),
        jobs: jobsAt(now, config.PROGRAM_TIME_ZONE),
        createContext: (viewer, requestId) => createContext({ db, config, now }, viewer, requestId),
      }),
    },
    options,
  );
}
