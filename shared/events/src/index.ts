import * as aftercare from './aftercare.ts';
import * as caseDates from './case-dates.ts';
import { caseFacts, caseGaps, contactCorrected, contactLogged, nextContactPlanned } from './cases.ts';
import * as clients from './clients.ts';
import * as crisis from './crisis.ts';
import * as clinical from './clinical.ts';
import { mayRead, topics, type EventDefinition, type Topic } from './define-event.ts';
import * as notes from './notes.ts';
import * as notifications from './notifications.ts';
import {
  agencyRecorded,
  dangerReported,
  disclosureMade,
  disclosureRepeated,
  referralFacts,
  referralRequested,
  referralRequestStatusChanged,
  webhookDisabled,
} from './referrals.ts';
import * as strata from './strata.ts';
import * as treatment from './treatment.ts';

export * from './aftercare.ts';
export * from './case-dates.ts';
export * from './cases.ts';
export * from './clients.ts';
export * from './clinical.ts';
export * from './crisis.ts';
export * from './define-event.ts';
export * from './fact-headers.ts';
export * from './notes.ts';
export * from './notifications.ts';
export * from './partner-webhook.ts';
export * from './referrals.ts';
export * from './strata.ts';
export * from './treatment.ts';

/** Every fact that crosses a service border. */
export const allEvents = [
  ...Object.values(clients),
  ...Object.values(caseFacts),
  ...Object.values(caseGaps),
  ...[contactLogged, contactCorrected, nextContactPlanned],
  ...Object.values(caseDates),
  ...Object.values(strata),
  ...Object.values(treatment),
  ...Object.values(clinical),
  ...Object.values(crisis),
  ...Object.values(aftercare),
  ...Object.values(notes),
  referralRequested,
  referralRequestStatusChanged,
  ...Object.values(referralFacts),
  dangerReported,
  disclosureMade,
  disclosureRepeated,
  webhookDisabled,
  agencyRecorded,
  ...Object.values(notifications),
] as unknown as readonly EventDefinition[];

/** The topics that facts are sent to: a restricted topic exists when there is a fact for it. */
export const publishedTopics: readonly Topic[] = topics.filter((topic) =>
  allEvents.some((event) => event.topic === topic),
);

/** The topics that a program reads as a whole: it may read at least one fact of each. */
export function topicsFor(reader: string): Topic[] {
  return publishedTopics.filter((topic) =>
    allEvents.some((event) => event.topic === topic && mayRead(reader, event)),
  );
}
