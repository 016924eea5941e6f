import { withProjections, type Reactions } from '@throughline/messaging';
import { createLogger } from '@throughline/runtime';
import {
  startService,
  type RunningService,
  type ServiceDefinition,
  type ServiceOptions,
} from '@throughline/service';
import type { NotificationsConfig } from './config.ts';
import { createContext, type Context } from './context.ts';
import { createDataSource } from './database.ts';
import { escalationJobs } from './duty/escalation/escalate-unacknowledged.ts';
import { onAppointments } from './channel/client-channel/on-appointment.ts';
import { deliveryJobs } from './channel/delivery/deliver.ts';
import type { Post } from './channel/delivery/post.ts';
import { closePost, openPost, twilioOf } from './open-post.ts';
import { startProviderServer } from './channel/provider/provider-server.ts';
import type { Desk } from './duty/telling/notify.ts';
import { onCaseManagerAssigned } from './duty/telling/on-case-manager-assigned.ts';
import { onCaseTimers } from './duty/telling/on-case-timer.ts';
import { onConsentEnded } from './duty/telling/on-consent-ended.ts';
import { onCallbackDue, onUrgentInquiry } from './duty/telling/on-inquiry.ts';
import { onCrisisAcknowledged, onCrisisOpened } from './duty/telling/on-crisis.ts';
import { onAftercare } from './duty/telling/on-aftercare.ts';
import { onFollowUpMissed } from './duty/telling/on-follow-up-missed.ts';
import { onReferralSteps } from './duty/telling/on-referral-step.ts';
import { onSafetyFlagRaised } from './duty/telling/on-safety-flag-raised.ts';
import { onPlanDue } from './duty/telling/on-plan-due.ts';
import { onStaffNews } from './duty/telling/on-staff-news.ts';
import { onWebhookDisabled } from './duty/telling/on-webhook-disabled.ts';
import { digestJob, startDigests, writeDigests } from './digest/digest/write-digests.ts';
import { onWork } from './gratitude/recognition/on-work.ts';
import { projections } from './projections.ts';
import { createSchema } from './schema.ts';

/** Reactions of this service to facts of other services. A safety alert waits behind no other notification. */
function reactionsOf(desk: Desk): Reactions {
  return withProjections(projections, {
    work: [
      onCrisisOpened(desk),
      onCrisisAcknowledged(desk),
      onSafetyFlagRaised(desk),
      ...onUrgentInquiry(desk),
      onCallbackDue(desk),
    ],
    view: [
      onCaseManagerAssigned(desk),
      ...onCaseTimers(desk),
      onFollowUpMissed(desk),
      ...onAftercare(desk),
      ...onConsentEnded(desk),
      ...onReferralSteps(desk),
      ...onStaffNews(desk),
      ...onPlanDue(desk),
      onWebhookDisabled(desk),
      ...onWork(),
      ...onAppointments(desk),
    ],
  });
}

/** Starts this service; several may share a process. */
export async function startNotifications(
  config: NotificationsConfig,
  options: ServiceOptions,
): Promise<RunningService> {
  const post = openPost(config, options.now ?? (() => new Date()));
  const running = await startService(definitionOf(config, post), options).catch((error: unknown) => {
    closePost(post);
    throw error;
  });
  const reports = await startReports(config, post, running, options).catch(async (error: unknown) => {
    await running.close();
    throw error;
  });
  await startDigests(running.dataSource, post);
  return {
    ...running,
    close: async () => {
      await reports?.close();
      await running.close();
      closePost(post);
    },
  };
}

/** Where the provider of text messages and calls reports; null when nothing is set up for it. */
async function startReports(
  config: NotificationsConfig,
  { now, appName }: Post,
  { dataSource: db }: RunningService,
  given: ServiceOptions,
) {
  const { PROVIDER_CALLBACK_PORT: port, LISTEN_HOST: host } = config;
  const twilio = twilioOf(config);
  if (!twilio || port === undefined) return null;
  const logger = given.logger ?? createLogger({ service: 'notifications', level: config.LOG_LEVEL });
  return startProviderServer({ port, host, db, now, twilio, appName, logger });
}

function definitionOf(config: NotificationsConfig, post: Post): ServiceDefinition<Context> {
  return {
    name: 'notifications',
    config,
    createDataSource,
    assemble: ({ db, now, logger }) => {
      const desk: Desk = {
        ...{ now, timeZone: config.PROGRAM_TIME_ZONE, channels: new Set(post.senders.keys()) },
      };
      const push = {
        pushKey: config.VAPID_PUBLIC_KEY ?? null,
        pushHosts: config.PUSH_ALLOWED_HOSTS,
      };
      return {
        schema: createSchema(logger),
        reactions: reactionsOf(desk),
        jobs: {
          ...{ timers: escalationJobs(desk), longWork: { [digestJob]: writeDigests(desk) } },
          ...deliveryJobs(post),
        },
        createContext: (viewer, requestId) => createContext({ ...desk, ...push, db }, viewer, requestId),
      };
    },
  };
}
