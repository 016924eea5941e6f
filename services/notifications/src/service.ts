import type { Reaction } from '@throughline/messaging';
import { startService, type RunningService, type ServiceOptions } from '@throughline/service';
import type { NotificationsConfig } from './config.ts';
import { createContext } from './context.ts';
import { createDataSource } from './database.ts';
import { escalationJobs } from './duty/escalation/escalate-unacknowledged.ts';
import type { Desk } from './inbox/notification/notify.ts';
import { onCaseManagerAssigned } from './inbox/notification/on-case-manager-assigned.ts';
import { onConsentEnded } from './inbox/notification/on-consent-ended.ts';
import { onReferralSteps } from './inbox/notification/on-referral-step.ts';
import { onSafetyFlagRaised } from './inbox/notification/on-safety-flag-raised.ts';
import { onWebhookDisabled } from './inbox/notification/on-webhook-disabled.ts';
import { projections } from './projections.ts';
import { createSchema } from './schema.ts';

/** What this service does when it hears of another one's facts: first remember, then tell. */
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
        const desk: Desk = { now, timeZone: config.AGENCY_TIME_ZONE };
        return {
          schema: createSchema(logger),
          reactions: reactionsOf(desk),
          jobs: escalationJobs(desk),
          createContext: (viewer, requestId) => createContext({ db, now }, viewer, requestId),
        };
      },
    },
    options,
  );
}
