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

const dueSoon = 'Nothing happened yet: it is a reminder, and stands in the work of the day.';
const draft = 'Until a note is signed by everybody who has to, it is no record.';
const gap = 'It says each day what did not happen; the list of cases at risk shows it.';

/** Facts about a client that are not in the timeline, and why. */
export const outsideTimeline: Readonly<Record<string, string>> = {
  [facts.clientAgeGroupChanged.type]: 'A birthday is no step of the care.',
  [facts.clientContactRuleChanged.type]:
    'The record says how to contact the client; it is no step of the care.',
  [facts.disclosureRepeated.type]: 'The ledger counts repeated reads; the first one is an entry.',
  [facts.crisisPageAcknowledged.type]: 'CrisisAcknowledged tells the same.',
  [facts.dangerReported.type]: 'CrisisOpened tells what it led to.',
  [facts.clientDescribed.type]: 'Groups for measures; ClientRegistered and ClientUpdated tell the change.',
  [facts.nextContactMoved.type]: 'The contact, the plan or the step that moved it is an entry.',
  [facts.caseProgramNamed.type]: 'CaseDescribed tells the change.',
  [facts.carePlanReviewDue.type]: dueSoon,
  [facts.goalDue.type]: dueSoon,
  [facts.aftercareContactDue.type]: dueSoon,
  [facts.transitionAppointmentMissing.type]: dueSoon,
  [facts.noteDrafted.type]: draft,
  [facts.noteWithdrawn.type]: draft,
  [facts.noteAwaitsCosignature.type]: draft,
  [facts.noteReturned.type]: draft,
  ...Object.fromEntries(Object.values(facts.caseGaps).map(({ type }) => [type, gap])),
};

/** All other facts about a client, of all four services. A new fact is one line here. */
export const timelineFacts: readonly TimelineFact[] = [
  ...about('Client', 'clientId', facts.clientRegistered),
  ...about('Client', 'clientId', facts.clientUpdated),
  ...about('Client', 'clientId', facts.clientRestrictionChanged),
  ...about('Client', 'clientId', facts.clientDied),
  ...about('CaseFile', 'caseId', facts.caseOpened),
  ...about('CaseFile', 'caseId', facts.caseManagerAssigned),
  ...about('CaseFile', 'caseId', facts.caseRoleAssigned, facts.caseRoleEnded),
  ...about('CaseFile', 'caseId', facts.caseClosed),
  ...about('CaseFile', 'caseId', ...Object.values(facts.caseFacts)),
  ...about('CaseFile', 'caseId', facts.nextContactPlanned),
  ...about('ContactEntry', 'contactId', facts.contactLogged, facts.contactCorrected),
  ...about('Inquiry', 'inquiryId', facts.inquiryConverted),
  ...about('Need', 'needId', facts.needRecorded),
  ...about('Need', 'needId', facts.needStatusChanged),
  ...about('Consent', 'consentId', facts.consentRecorded),
  ...about('Consent', 'consentId', facts.consentSuperseded),
  ...about('Consent', 'consentId', facts.consentRevoked, facts.consentExpired),
  ...about('Screening', 'screeningId', facts.screeningScored, facts.screeningSigned),
  ...about('Screening', 'screeningId', facts.safetyFlagRaised),
  ...about('Diagnosis', 'conditionId', facts.diagnosisRecorded, facts.diagnosisChanged),
  ...about('Medication', 'medicationId', facts.medicationRecorded, facts.medicationSupplied),
  ...about('Medication', 'medicationId', facts.medicationEnded),
  ...about('SubstanceUseEntry', 'substanceUseId', facts.substanceUseRecorded),
  ...about('LocAssessment', 'locAssessmentId', facts.locAssessmentSigned),
  ...about('CrisisAlert', 'alertId', facts.crisisOpened),
  ...about('CrisisAlert', 'alertId', facts.crisisAcknowledged),
  ...about('CrisisAlert', 'alertId', facts.crisisResponseStarted, facts.crisisClientNotLocated),
  ...about('NextStep', 'stepId', facts.nextStepClosed),
  ...about('Client', 'clientId', facts.riskLoweringAsked, facts.riskLoweringRefused),
  ...about('CrisisAlert', 'alertId', facts.crisisResolved, facts.crisisReviewed),
  ...about('Client', 'clientId', facts.riskTierChanged),
  ...about('Episode', 'episodeId', facts.episodeStarted),
  ...about('Episode', 'episodeId', facts.episodePhaseChanged),
  ...about('Episode', 'episodeId', facts.episodeEnded),
  ...about('Episode', 'episodeId', facts.outcomeDataRecorded),
  ...about('Stay', 'stayId', facts.stayAdmitted, facts.stayDischarged, facts.stayCorrected),
  ...about('AftercarePlan', 'aftercarePlanId', facts.aftercareOpened, facts.aftercareReviewed),
  ...about('AftercarePlan', 'aftercarePlanId', facts.aftercareActivated),
  ...about('Visit', 'visitId', facts.visitRecorded),
  ...about('FollowUpObligation', 'obligationId', facts.obligationOpened, facts.obligationMet),
  ...about('FollowUpObligation', 'obligationId', facts.obligationMissed, facts.obligationWithdrawn),
  ...about('AftercareContact', 'contactId', facts.aftercareContactMet, facts.aftercareContactMissed),
  ...about('LostContactDecision', 'decisionId', facts.lostContactOpened, facts.lostContactDecided),
  ...about('LostContactDecision', 'decisionId', facts.lostContactSettled),
  ...about('CareTransition', 'transitionId', facts.transitionPlanned, facts.transitionChanged),
  ...about('CareTransition', 'transitionId', facts.handOffConfirmed, facts.transitionStarted),
  ...about('CareTransition', 'transitionId', facts.transitionArrived),
  ...about('CareTransition', 'transitionId', facts.transitionCompleted, facts.transitionFailed),
  ...about('SupportEnd', 'supportEndId', facts.supportEnded),
  ...about('ReturnToUse', 'returnToUseId', facts.returnToUseRecorded),
  ...about('CarePlan', 'carePlanId', facts.carePlanOpened),
  ...about('CarePlan', 'carePlanId', facts.carePlanActivated, facts.carePlanAgreed),
  ...about('CarePlan', 'carePlanId', facts.carePlanReviewed, facts.carePlanCompleted),
  ...about('CarePlan', 'carePlanId', facts.carePlanSuperseded),
  ...about('Goal', 'goalId', facts.goalProposed),
  ...about('Goal', 'goalId', facts.goalActivated, facts.goalRevised),
  ...about('Goal', 'goalId', facts.goalObserved, facts.goalHeld, facts.goalResumed),
  ...about('Goal', 'goalId', facts.milestoneAdded, facts.milestoneAchieved),
  ...about('Goal', 'goalId', facts.interventionStarted, facts.interventionEnded),
  ...about('Goal', 'goalId', facts.interventionChanged, facts.interventionDone),
  ...about('Goal', 'goalId', facts.goalClosed),
  ...about('Advice', 'adviceId', facts.adviceGiven, facts.adviceQuestioned, facts.adviceAnswered),
  ...about('Advice', 'adviceId', facts.adviceFollowedUp),
  ...about('TreatmentRecommendation', 'recommendationId', facts.servicesRecommended, facts.noServiceChosen),
  ...about('TreatmentRecommendation', 'recommendationId', facts.serviceChosen),
  ...about('SupportEntry', 'supportEntryId', facts.supportChecked),
  ...about('GuidanceActivity', 'guidanceId', facts.guidanceGiven),
  ...about('AdvocacyAction', 'advocacyId', facts.advocacyOpened, facts.advocacyResolved),
  ...about('ProgressNote', 'noteId', facts.noteSigned, facts.noteAmended),
  ...about('ClientDocument', 'documentId', facts.documentAdded, facts.documentWithdrawn),
  ...about('ReferralRequest', 'requestId', facts.referralRequested),
  ...about('ReferralRequest', 'requestId', facts.referralRequestStatusChanged),
  ...about('Referral', 'referralId', ...Object.values(facts.referralFacts)),
  ...about('Referral', 'referralId', facts.disclosureMade),
  ...about('Notification', 'notificationId', facts.notificationAdded),
  ...about('Notification', 'notificationId', facts.notificationAcknowledged),
  ...about('Notification', 'notificationId', facts.notificationEscalated),
];

const clinicalSubjects: readonly SubjectType[] = [
  ...(['Screening', 'NextStep', 'CrisisAlert', 'Episode', 'Stay', 'Visit', 'FollowUpObligation'] as const),
  ...(['AftercareContact', 'LostContactDecision', 'CareTransition', 'ReturnToUse', 'SupportEnd'] as const),
  ...(['TreatmentRecommendation', 'SupportEntry'] as const),
  ...(['Diagnosis', 'Medication', 'SubstanceUseEntry', 'LocAssessment'] as const),
  ...(['AftercarePlan', 'CarePlan', 'Goal', 'Advice', 'GuidanceActivity', 'AdvocacyAction'] as const),
  ...(['ProgressNote', 'ClientDocument'] as const),
];

/** Kinds whose name alone is clinical, for example that a safety flag was raised. */
export const clinicalKinds: readonly string[] = timelineFacts
  .filter(({ subject }) => clinicalSubjects.includes(subject))
  .map(({ definition }) => definition.type)
  .concat(facts.riskTierChanged.type, facts.riskLoweringAsked.type, facts.riskLoweringRefused.type);
