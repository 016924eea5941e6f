import type { Actor } from '@throughline/events';

export type SubjectType =
  | 'Client'
  | 'CaseFile'
  | 'Consent'
  | 'Need'
  | 'Screening'
  | 'Episode'
  | 'CarePlan'
  | 'Goal'
  | 'ReferralRequest'
  | 'Referral'
  | 'Notification';

/** One step in a client's story: who did what and when, and what it was about. No content. */
export interface TimelineEntry {
  /** Id of the fact that told of it. */
  id: string;
  clientId: string;
  occurredAt: Date;
  /** Position among the facts of the fact's key: tells apart what happened in the same millisecond. */
  sequence: number;
  /** The fact's type, for example ReferralAccepted. */
  kind: string;
  actorKind: Actor['kind'];
  actorId: string;
  actorAgencyId: string | null;
  subjectType: SubjectType;
  subjectId: string;
}
