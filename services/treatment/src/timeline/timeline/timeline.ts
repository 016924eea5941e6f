import type { Actor } from '@throughline/events';

export type SubjectType =
  | 'Client'
  | 'CaseFile'
  | 'ContactEntry'
  | 'Consent'
  | 'Inquiry'
  | 'Need'
  | 'Screening'
  | 'NextStep'
  | 'Diagnosis'
  | 'Medication'
  | 'SubstanceUseEntry'
  | 'LocAssessment'
  | 'CrisisAlert'
  | 'Episode'
  | 'Stay'
  | 'Visit'
  | 'AftercarePlan'
  | 'FollowUpObligation'
  | 'AftercareContact'
  | 'LostContactDecision'
  | 'CareTransition'
  | 'ReturnToUse'
  | 'SupportEnd'
  | 'CarePlan'
  | 'Goal'
  | 'Advice'
  | 'GuidanceActivity'
  | 'TreatmentRecommendation'
  | 'SupportEntry'
  | 'AdvocacyAction'
  | 'ProgressNote'
  | 'ClientDocument'
  | 'ReferralRequest'
  | 'Referral'
  | 'Notification';

/** One entry of a timeline: person, action, time and subject, without content. */
export interface TimelineEntry {
  /** Id of the fact. */
  id: string;
  clientId: string;
  occurredAt: Date;
  /** Position among the facts of the same key: orders entries of the same millisecond. */
  sequence: number;
  /** The fact's type, for example ReferralAccepted. */
  kind: string;
  actorKind: Actor['kind'];
  actorId: string;
  actorAgencyId: string | null;
  subjectType: SubjectType;
  subjectId: string;
  /** Sensitivity labels by its subject. */
  labels: string[];
  /** Transaction in which this service heard of it; null for entries of before that was kept. */
  receivedIn: string | null;
}
