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
}
