import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { code, id, instant } from './fields.ts';

const topic = 'referrals.v1';

export const referralRequested = defineEvent(
  topic,
  'ReferralRequested',
  "Key: requestId. The client's need for a service, and that the client chose.",
  z.object({ requestId: id, clientId: id }),
);

export const referralRequestStatusChanged = defineEvent(
  topic,
  'ReferralRequestStatusChanged',
  'Key: requestId. The request moved from one status to another. Source: infra/reference/domain.md 2.7.',
  z.object({ requestId: id, clientId: id, needId: id.nullable(), to: code }),
);

const step = z.object({
  referralId: id,
  clientId: id,
  caseManagerId: id,
  dueAt: instant.nullable(),
});
export type ReferralStep = z.infer<typeof step>;

const stepFact = (type: string) =>
  defineEvent(
    topic,
    type,
    'Key: referralId. One transition of a referral: the type says which. All share this shape.',
    step,
  );

/**
 * One fact per transition. Key: referralId. It names neither agency nor service: the service id alone may tell of
 * treatment for substance use. Source: infra/reference/domain.md 2.8.
 */
export const referralFacts = {
  created: stepFact('ReferralCreated'),
  consentPending: stepFact('ReferralConsentPending'),
  sent: stepFact('ReferralSent'),
  received: stepFact('ReferralReceived'),
  infoRequested: stepFact('ReferralInfoRequested'),
  infoProvided: stepFact('ReferralInfoProvided'),
  accepted: stepFact('ReferralAccepted'),
  declined: stepFact('ReferralDeclined'),
  waitlisted: stepFact('ReferralWaitlisted'),
  scheduled: stepFact('ReferralScheduled'),
  rescheduled: stepFact('ReferralRescheduled'),
  appointmentCancelled: stepFact('ReferralAppointmentCancelled'),
  noShow: stepFact('ReferralNoShowRecorded'),
  serviceStarted: stepFact('ReferralServiceStarted'),
  held: stepFact('ReferralHeld'),
  resumed: stepFact('ReferralResumed'),
  completed: stepFact('ReferralCompleted'),
  closedUnresolved: stepFact('ReferralClosedUnresolved'),
  cancelled: stepFact('ReferralCancelled'),
  superseded: stepFact('ReferralSuperseded'),
  expired: stepFact('ReferralExpired'),
  enteredInError: stepFact('ReferralEnteredInError'),
  outcomeAmended: stepFact('ReferralOutcomeAmended'),
} as const;

export const disclosureMade = defineEvent(
  topic,
  'DisclosureMade',
  'Key: clientId. Feeds the client-wide accounting of disclosures (42 CFR 2.25, 45 CFR 164.528). Codes only.',
  z.object({
    disclosureId: id,
    clientId: id,
    agencyId: id,
    referralId: id.nullable(),
    disclosedAt: instant,
    labels: z.array(code),
    fields: z.array(code),
    purpose: code,
    basis: code,
    consentIds: z.array(id),
    noticeVersion: code.nullable(),
    channel: code,
  }),
);

export const disclosureRepeated = defineEvent(
  topic,
  'DisclosureRepeated',
  'Key: clientId. Within one hour the same reader read the same again: number of reads of the line, and the last one.',
  z.object({ disclosureId: id, clientId: id, reads: z.int(), lastReadAt: instant }),
);

export const webhookDisabled = defineEvent(
  topic,
  'WebhookDisabled',
  "Key: subscriptionId. A partner's webhook no longer takes deliveries.",
  z.object({ subscriptionId: id, agencyId: id }),
);
