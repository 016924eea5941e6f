import type { Reaction } from '@throughline/messaging';
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

/** Reactions of this service to facts of other services: first copies, then notifications. */
function reactionsOf(desk: Desk): Reaction[] {
  return [
    ...projections.flatMap(({ reactions }) => reactions),
    onCaseManagerAssigned(desk),
    ...onConsentEnded(desk),
    onSafetyFlagRaised(desk),
    ...onReferralSteps(desk),
    onWebhookDisabled(desk),
  ];
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
