import * as facts from '@throughline/events';
import type { EventDefinition } from '@throughline/events';
import type { SubjectType } from './timeline.ts';

/** A fact for the timeline of a client, and the field of its data that names the subject. */
export interface TimelineFact {
  definition: EventDefinition;
  subject: SubjectType;
  idField: string;
}

type NamedFields<Definition> = keyof facts.DataOf<Definition> & string;

function about<Definition>(
  subject: SubjectType,
  idField: NamedFields<Definition>,
  ...definitions: Definition[]
): TimelineFact[] {
  return definitions.map((definition) => ({
    definition: definition as unknown as EventDefinition,
    subject,
    idField,
  }));
}

/** Facts about a client that are not in the timeline: neither a birthday nor a repeated read is a step of the care. */
export const outsideTimeline: readonly string[] = [
  facts.clientAgeGroupChanged.type,
  facts.disclosureRepeated.type,
];

/** All other facts about a client, of all four services. A new fact is one line here. */
export const timelineFacts: readonly TimelineFact[] = [
  ...about('Client', 'clientId', facts.clientRegistered),
  ...about('Client', 'clientId', facts.clientUpdated),
  ...about('Client', 'clientId', facts.clientRestrictionChanged),
  ...about('CaseFile', 'caseId', facts.caseOpened),
  ...about('CaseFile', 'caseId', facts.caseManagerAssigned),
  ...about('CaseFile', 'caseId', facts.caseClosed),
  ...about('Need', 'needId', facts.needRecorded),
  ...about('Need', 'needId', facts.needStatusChanged),
  ...about('Consent', 'consentId', facts.consentRecorded),
  ...about('Consent', 'consentId', facts.consentSuperseded),
  ...about('Consent', 'consentId', facts.consentRevoked, facts.consentExpired),
  ...about('Screening', 'screeningId', facts.screeningScored),
  ...about('Screening', 'screeningId', facts.safetyFlagRaised),
  ...about('Episode', 'episodeId', facts.episodeStarted),
  ...about('Episode', 'episodeId', facts.episodePhaseChanged),
  ...about('Episode', 'episodeId', facts.episodeEnded),
  ...about('CarePlan', 'carePlanId', facts.carePlanOpened),
  ...about('CarePlan', 'carePlanId', facts.carePlanActivated),
  ...about('Goal', 'goalId', facts.goalProposed),
  ...about('Goal', 'goalId', facts.goalActivated),
  ...about('Goal', 'goalId', facts.goalClosed),
  ...about('ReferralRequest', 'requestId', facts.referralRequested),
  ...about('ReferralRequest', 'requestId', facts.referralRequestStatusChanged),
  ...about('Referral', 'referralId', ...Object.values(facts.referralFacts)),
  ...about('Referral', 'referralId', facts.disclosureMade),
  ...about('Notification', 'notificationId', facts.notificationAdded),
  ...about('Notification', 'notificationId', facts.notificationAcknowledged),
  ...about('Notification', 'notificationId', facts.notificationEscalated),
];

const clinicalSubjects: readonly SubjectType[] = ['Screening', 'Episode', 'CarePlan', 'Goal'];

/** Kinds whose name alone is clinical, for example that a safety flag was raised. */
export const clinicalKinds: readonly string[] = timelineFacts
  .filter(({ subject }) => clinicalSubjects.includes(subject))
  .map(({ definition }) => definition.type);
