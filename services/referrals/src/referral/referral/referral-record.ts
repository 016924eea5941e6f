import type { DataLabel, NeedCategory, Purpose, ReferralStatus } from '@throughline/privacy';
import type {
  AttestedSource,
  CancelReason,
  ClosingSide,
  DeclineReason,
  HoldReason,
  OutcomeCode,
  UnresolvedReason,
} from './reasons.ts';

export type ReferralPriority = 'ROUTINE' | 'URGENT' | 'EMERGENT';

/** Outcome; a correction raises `version`, and the transitions have the old one. */
export interface Outcome {
  code: OutcomeCode | UnresolvedReason;
  resolved: boolean;
  closedBySide: ClosingSide;
  servicesProvided: string[];
  enrollmentStatus: string | null;
  note: string | null;
  /** Set when staff recorded it for the partner. */
  attestedSource: AttestedSource | null;
  version: number;
}

/** One offer of a request to one agency: the unit that a partner sees. Source: infra/reference/domain.md 2.7, 2.11. */
export interface Referral {
  id: string;
  requestId: string;
  clientId: string;
  caseId: string;
  needId: string | null;
  needCategory: NeedCategory;
  agencyId: string;
  serviceId: string;
  /** Case manager who sent it and is told about each answer. */
  caseManagerId: string;
  status: ReferralStatus;
  priority: ReferralPriority;
  purpose: Purpose;
  /** Text for the partner. */
  reasonText: string | null;
  /** Never disclosed. */
  internalNote: string | null;
  /** Belongs to a request whose first acceptance ends the other offers. */
  exclusive: boolean;
  /** Consents relied on when it was sent. */
  consentIds: string[];
  labelsReleased: DataLabel[];
  sentAt: Date | null;
  acknowledgedAt: Date | null;
  decidedAt: Date | null;
  acceptedAt: Date | null;
  firstServiceAt: Date | null;
  closedAt: Date | null;
  /** Time by which the agency should decide. */
  decideBy: Date | null;
  /** When it expires without an answer; null while the clock is stopped or after an answer. */
  expiresAt: Date | null;
  /** Time left on the clock when it was stopped, milliseconds. */
  pausedMs: number | null;
  startsAt: Date | null;
  reviewOn: string | null;
  waitlistPosition: number | null;
  expectedOn: string | null;
  noShowCount: number;
  question: string | null;
  /** Answer of the sender, for the partner. */
  answer: string | null;
  infoAnswered: boolean;
  declineReason: DeclineReason | null;
  cancelReason: CancelReason | null;
  holdReason: HoldReason | null;
  heldFrom: ReferralStatus | null;
  outcome: Outcome | null;
  reroutedFromId: string | null;
  createdAt: Date;
  version: number;
}
