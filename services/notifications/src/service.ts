import { withProjections, type Reactions } from '@throughline/messaging';
import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import type { NotificationsConfig } from './config.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { escalationJobs } from './duty/escalation/escalate-unacknowledged.ts';
import type { Desk } from './duty/telling/notify.ts';
import { onCaseManagerAssigned } from './duty/telling/on-case-manager-assigned.ts';
import { onConsentEnded } from './duty/telling/on-consent-ended.ts';
import { onReferralSteps } from './duty/telling/on-referral-step.ts';
import { onSafetyFlagRaised } from './duty/telling/on-safety-flag-raised.ts';
import { onWebhookDisabled } from './duty/telling/on-webhook-disabled.ts';
import { projections } from './projections.ts';
import { createSchema } from './schema.ts';

/** Reactions of this service to facts of other services. A safety alert waits behind no other notification. */
function reactionsOf(desk: Desk): Reactions {
  return withProjections(projections, {
    work: [onSafetyFlagRaised(desk)],
    view: [
      onCaseManagerAssigned(desk),
      ...onConsentEnded(desk),
      ...onReferralSteps(desk),
      onWebhookDisabled(desk),
    ],
  });
}

/** Starts this service; several may share a process. */
export function startNotifications(
  config: NotificationsConfig,
  options: ServiceOptions,
): Promise<RunningService> {
  return startService(
    {
      name: 'notifications',
      config,
      createDataSource,
      assemble: ({ db, now, logger }) => {
        const desk: Desk = { now, timeZone: config.PROGRAM_TIME_ZONE };
        return {
          schema: createSchema(logger),
          reactions: reactionsOf(desk),
          jobs: { timers: escalationJobs(desk) },
          createContext: (viewer, requestId) => createContext({ db, now }, viewer, requestId),
        };
      },
    },
    options,
  );
}
