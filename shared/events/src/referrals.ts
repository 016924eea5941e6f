import { z } from 'zod';
import { defineEvent, defineRestrictedEvent } from './define-event.ts';
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
  /** When the appointment is, after it was made or moved; null in all other steps and in facts of releases before. */
  appointmentAt: instant.nullable().default(null),
  /** Null in facts of releases before. */
  requestId: id.nullable().default(null),
  /** When the agency should have answered, without the time in which it waited for an answer itself. */
  decideBy: instant.nullable().default(null),
  /** Whether it is closed and the client received a service; no other word of the outcome. */
  served: z.boolean().default(false),
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

export const agencyRecorded = defineEvent(
  topic,
  'AgencyRecorded',
  'Key: agencyId. A partner agency appeared, or its type, its standing under HIPAA or its activity changed. Public directory data.',
  z.object({ agencyId: id, agencyType: code, hipaaStatus: code, active: z.boolean() }),
);

export const dangerReported = defineRestrictedEvent(
  { topic: 'referrals.restricted.v1', readers: ['treatment'] },
  'DangerReported',
  'Key: clientId. Somebody began a referral for a client in danger of life: a crisis is opened instead. Source: infra/reference/domain.md 2.10, 4.4.',
  z.object({ clientId: id, cause: code }),
);
