import { uuidV7 } from '@throughline/events';
import { usualPurpose, type Purpose } from '@throughline/privacy';
import type { Agency } from '../../directory/agency/agency.ts';
import type { Service } from '../../directory/directory-service/directory-service.ts';
import type { ReferralRequest } from '../referral-request/referral-request.ts';
import type { Referral, ReferralPriority } from './referral.ts';

export interface NewReferral {
  caseManagerId: string;
  now: Date;
  priority?: ReferralPriority | null | undefined;
  purpose?: string | null | undefined;
  reasonText?: string | null | undefined;
  internalNote?: string | null | undefined;
  reroutedFromId?: string | undefined;
}

/** A draft: nothing of it was disclosed. Source: infra/reference/domain.md 2.8 T1, 2.11. */
export function newReferral(
  request: ReferralRequest,
  { service, agency }: { service: Service; agency: Agency },
  { caseManagerId, now, priority, purpose, reasonText, internalNote, reroutedFromId }: NewReferral,
): Referral {
  return {
    id: uuidV7(now),
    requestId: request.id,
    clientId: request.clientId,
    caseId: request.caseId,
    needId: request.needId,
    needCategory: request.needCategory,
    agencyId: agency.id,
    serviceId: service.id,
    caseManagerId,
    status: 'DRAFT',
    priority: priority ?? 'ROUTINE',
    purpose: (purpose as Purpose | null | undefined) ?? usualPurpose(agency.agencyType),
    reasonText: reasonText ?? null,
    internalNote: internalNote ?? null,
    exclusive: request.strategy === 'FIRST_ACCEPTS',
    consentIds: [],
    labelsReleased: [],
    ...nothingYet,
    reroutedFromId: reroutedFromId ?? null,
    createdAt: now,
    version: 1,
  };
}

const nothingYet = {
  sentAt: null,
  acknowledgedAt: null,
  decidedAt: null,
  acceptedAt: null,
  firstServiceAt: null,
  closedAt: null,
  decideBy: null,
  expiresAt: null,
  pausedMs: null,
  startsAt: null,
  reviewOn: null,
  waitlistPosition: null,
  expectedOn: null,
  noShowCount: 0,
  question: null,
  answer: null,
  infoAnswered: false,
  declineReason: null,
  cancelReason: null,
  holdReason: null,
  heldFrom: null,
  outcome: null,
} as const;
