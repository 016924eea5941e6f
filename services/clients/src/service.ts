import { withProjections, type Jobs, type Reactions } from '@throughline/messaging';
import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import type { ClientsConfig } from './config.ts';
import { expiryJob } from './consent/consent/consent.commands.ts';
import { expireConsent } from './consent/consent/expire-consent.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { onDisclosureMade } from './consent/disclosure/on-disclosure-made.ts';
import { onDisclosureRepeated } from './consent/disclosure/on-disclosure-repeated.ts';
import { onRiskTierChanged } from './casework/case-file/on-risk-tier-changed.ts';
import { nextContactJob, tellNextContact } from './casework/case-file/tell-next-contact.ts';
import { tellReview } from './casework/case-file/tell-review.ts';
import { reviewJob } from './casework/case-file/write-move.ts';
import { netJob, queueJob, startWatching, watchGaps, watchQueue } from './casework/safety-net/watch.ts';
import { onReferralRequestStatusChanged } from './casework/need/on-referral-request-status-changed.ts';
import {
  callbackDueJob,
  callbackMissedJob,
  tellCallbackDue,
  tellCallbackMissed,
} from './intake/callback/callback-timers.ts';
import { eraseInquiry, eraseJob } from './intake/inquiry/erase-inquiry.ts';
import { ageGroupJob, tellAgeGroup } from './people/client/tell-age-group.ts';
import { contactRuleJob, tellContactRule } from './people/client/tell-contact-rule.ts';
import { strataJob, tellStrata } from './people/client/tell-strata.ts';
import { programJob, tellProgram } from './casework/case-file/tell-program.ts';
import { restrictionJob, tellRestriction } from './people/client/tell-restriction.ts';
import { indexClientJob, searchJob } from './people/search/search-index.ts';
import { ownStanding } from './workforce/case-manager/own-standing.ts';
import { bandJob, tellBand } from './workforce/caseload/tell-band.ts';
import { climbLadder, expiryLadderJob } from './workforce/credential/climb-ladder.ts';
import { tellCredential, tellCredentialJob } from './workforce/credential/tell-credential.ts';
import { leaveJob, turnLeave } from './workforce/leave/keep-standing.ts';
import { standingJob, tellStanding } from './workforce/case-manager/tell-standing.ts';
import { projections } from './projections.ts';
import { moveCases } from './casework/reassignment/move-cases.ts';
import { reassignmentJob } from './casework/reassignment/reassignment.commands.ts';
import { createSchema } from './schema.ts';

/** Reactions of this service to facts of other services. */
const reactionsAt = (now: () => Date, timeZone: string): Reactions =>
  withProjections(projections, {
    work: [
      onRiskTierChanged(timeZone),
      onReferralRequestStatusChanged,
      onDisclosureMade(now),
      onDisclosureRepeated,
    ],
  });

/** Timers of this service. */
const jobsAt = (now: () => Date, timeZone: string): Jobs => ({
  timers: {
    [expiryJob]: expireConsent({ now, timeZone }),
    [ageGroupJob]: tellAgeGroup({ now, timeZone }),
    [restrictionJob]: tellRestriction({ now }),
    [contactRuleJob]: tellContactRule({ now }),
    [strataJob]: tellStrata({ now }),
    [programJob]: tellProgram({ now }),
    [standingJob]: tellStanding({ now, timeZone }),
    [leaveJob]: turnLeave({ now, timeZone }),
    [bandJob]: tellBand({ now }),
    [expiryLadderJob]: climbLadder({ now, timeZone }),
    [tellCredentialJob]: tellCredential({ now }),
    [nextContactJob]: tellNextContact({ now }),
    [reviewJob]: tellReview({ now }),
    [callbackDueJob]: tellCallbackDue({ now }),
    [callbackMissedJob]: tellCallbackMissed({ now }),
    [eraseJob]: eraseInquiry({ now }),
    [searchJob]: indexClientJob,
    [queueJob]: watchQueue({ now, timeZone }),
    [netJob]: watchGaps({ now, timeZone }),
  },
  longWork: { [reassignmentJob]: moveCases({ now, timeZone }) },
});

/** Starts this service; several may share a process. */
export async function startClients(config: ClientsConfig, options: ServiceOptions): Promise<RunningService> {
  const running = await startService(
    {
      name: 'clients',
      config,
      createDataSource,
      internal: { caller: 'referrals', field: 'releaseBasis', keys: config.RELEASE_BASIS_PUBLIC_KEYS },
      standing: ownStanding,
      assemble: ({ db, now, logger }) => ({
        schema: createSchema(logger),
        reactions: reactionsAt(now, config.PROGRAM_TIME_ZONE),
        jobs: jobsAt(now, config.PROGRAM_TIME_ZONE),
        createContext: (viewer, requestId) => createContext({ db, config, now }, viewer, requestId),
      }),
    },
    options,
  );
  const clock = { now: options.now ?? (() => new Date()), timeZone: config.PROGRAM_TIME_ZONE };
  await startWatching(running.dataSource, clock);
  return running;
}
