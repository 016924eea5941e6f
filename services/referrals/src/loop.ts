import { withProjections, type Jobs, type Reactions } from '@throughline/messaging';
import type { ReferralsConfig } from './config.ts';
import {
  CASE_CLOSED,
  consentReactions,
  endForClosedCase,
  onCaseClosed,
} from './referral/consent/consent.reactions.ts';
import type { ReadReleaseBasis } from './referral/consent/release-basis.ts';
import { projections } from './projections.ts';
import { COUNT_READS, tellReads } from './referral/disclosure/record-read.ts';
import { AGREEMENT_CHECK } from './directory/agency/agreement-check.ts';
import { TELL_AGENCIES, tellAllAgencies } from './directory/agency/tell-agencies.ts';
import { endWithoutAgreement } from './referral/referral/end-without-agreement.ts';
import { expireReferral } from './referral/referral/expire-referral.ts';
import { EXPIRE } from './referral/referral/write-steps.ts';
import { fanOut } from './delivery/webhook/fan-out.ts';
import { FAN_OUT } from './referral/partner-event/append-partner-events.ts';
import { deliverWebhooks, type DeliveryParts } from './delivery/webhook/deliver-webhooks.ts';
import { DELIVER, DELIVER_AGAIN } from './delivery/webhook/schedule-line.ts';

/**
 * Reactions of this service to facts of other services. A consent that ends takes the referrals with it in the transaction that
 * writes the copy, so that a referral that is sent at this moment is either refused or ended.
 */
export function createReactions(now: () => Date): Reactions {
  return withProjections(projections, { access: consentReactions(now), work: [onCaseClosed(now)] });
}

export interface JobParts {
  config: ReferralsConfig;
  now: () => Date;
  readReleaseBasis: ReadReleaseBasis;
}

/** Timers of this service. */
export function createJobs({ config, now, readReleaseBasis }: JobParts): Jobs {
  const parts: DeliveryParts = {
    now,
    readReleaseBasis,
    limits: { timeoutMs: config.WEBHOOK_TIMEOUT_MS, allowedHosts: config.WEBHOOK_ALLOWED_HOSTS },
    delaysMs: config.WEBHOOK_RETRY_DELAYS_MS,
    keys: config.WEBHOOK_SECRET_KEYS,
  };
  return {
    timers: {
      [EXPIRE]: expireReferral(now),
      [COUNT_READS]: tellReads(now),
      [CASE_CLOSED]: endForClosedCase(now),
      [AGREEMENT_CHECK]: endWithoutAgreement(now),
      [FAN_OUT]: fanOut(now),
      [TELL_AGENCIES]: tellAllAgencies(now),
    },
    deliveries: { [DELIVER]: deliverWebhooks(parts, DELIVER) },
    retries: { [DELIVER_AGAIN]: deliverWebhooks(parts, DELIVER_AGAIN) },
  };
}
