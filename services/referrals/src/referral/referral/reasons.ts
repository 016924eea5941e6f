/** Why an agency refuses. In each list of this file OTHER needs a text. Source: infra/reference/domain.md 2.9. */
export const declineReasons = [
  'NO_CAPACITY',
  'NOT_ELIGIBLE_AGE',
  'NOT_ELIGIBLE_INCOME',
  'NOT_ELIGIBLE_GEOGRAPHY',
  'NOT_ELIGIBLE_DIAGNOSIS',
  'NOT_ELIGIBLE_LEGAL_STATUS',
  'NOT_ELIGIBLE_OTHER',
  'OUT_OF_SERVICE_AREA',
  'SERVICE_NOT_OFFERED',
  'LACK_OF_RESOURCES',
  'MISSING_DOCUMENTATION',
  'INSUFFICIENT_INFORMATION',
  'INSURANCE_NOT_ACCEPTED',
  'AUTHORIZATION_DENIED',
  'HIGHER_LEVEL_OF_CARE_NEEDED',
  'LOWER_LEVEL_OF_CARE_NEEDED',
  'LANGUAGE_OR_ACCESS_NEED_UNMET',
  'SAFETY_CONCERN',
  'BENEFIT_LIMIT_REACHED',
  'ALREADY_SERVED_HERE',
  'DUPLICATE_REFERRAL',
  'CONFLICT_OF_INTEREST',
  'CLIENT_DECLINED',
  'UNABLE_TO_CONTACT_CLIENT',
  'TEMPORARILY_CLOSED',
  'OTHER',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** Why the sender's side takes a referral back. Source: infra/reference/domain.md 2.9. */
export const cancelReasons = [
  'CLIENT_CHANGED_MIND',
  'NEED_RESOLVED_ELSEWHERE',
  'CONSENT_REVOKED',
  'CONSENT_EXPIRED',
  'SUPERSEDED',
  'REROUTED',
  'SENT_TO_WRONG_AGENCY',
  'CLIENT_DECEASED',
  'CLIENT_MOVED',
  'CASE_CLOSED',
  'AGENCY_AGREEMENT_ENDED',
  'SAFETY_BLOCK',
  'DUPLICATE',
  'OTHER',
] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** Why a service pauses. Source: infra/reference/domain.md 2.9. */
export const holdReasons = [
  'AWAITING_DOCUMENTS',
  'AWAITING_AUTHORIZATION',
  'AWAITING_BED',
  'CLIENT_HOSPITALIZED',
  'CLIENT_INCARCERATED',
  'CLIENT_UNREACHABLE',
  'PROVIDER_UNAVAILABLE',
  'OTHER',
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Outcome of a referral that met the need. Source: infra/reference/domain.md 2.9. */
export const outcomeCodes = [
  'SERVICE_RECEIVED_FULL',
  'SERVICE_RECEIVED_PARTIAL',
  'ENROLLED_IN_PROGRAM',
  'ADMITTED',
  'HOUSED',
  'BENEFIT_APPROVED',
  'LEGAL_MATTER_RESOLVED',
  'GOODS_PROVIDED',
  'LINKED_TO_ONGOING_PROVIDER',
  'OTHER',
] as const;
export type OutcomeCode = (typeof outcomeCodes)[number];

/** Why an accepted referral did not meet the need. Source: infra/reference/domain.md 2.9. */
export const unresolvedReasons = [
  'UNABLE_TO_CONTACT_CLIENT',
  'REPEATED_NO_SHOW',
  'CLIENT_NO_LONGER_INTERESTED',
  'CLIENT_INELIGIBLE_AFTER_INTAKE',
  'CAPACITY_LOST',
  'CLIENT_MOVED',
  'CLIENT_INCARCERATED',
  'CLIENT_HOSPITALIZED',
  'CLIENT_DECEASED',
  'SERVICE_STOPPED_BY_CLIENT',
  'SERVICE_STOPPED_BY_PROVIDER',
  'CONSENT_REVOKED',
  'CONSENT_EXPIRED',
  'AGENCY_AGREEMENT_ENDED',
  'SAFETY_BLOCK',
  'REFERRED_ELSEWHERE',
  'OTHER',
] as const;
export type UnresolvedReason = (typeof unresolvedReasons)[number];

/** Side that closed it. Source: infra/reference/domain.md 2.9. */
export const closingSides = ['PROVIDER', 'CLIENT', 'SENDER', 'SYSTEM'] as const;
export type ClosingSide = (typeof closingSides)[number];

/** Reason of a missed appointment. Source: infra/reference/domain.md 2.9. */
export const noShowFollowUps = [
  'TRANSPORT',
  'FORGOT',
  'SYMPTOMS',
  'USE',
  'WORK_OR_CHILDCARE',
  'FEAR_OR_STIGMA',
  'NOT_INFORMED',
  'COST',
  'DETAINED',
  'UNKNOWN',
] as const;
export type NoShowFollowUp = (typeof noShowFollowUps)[number];

/** Source of a report that staff record for the partner. Source: infra/reference/domain.md 2.8 T18. */
export const attestedSources = ['CLIENT_REPORT', 'PARTNER_PHONE'] as const;
export type AttestedSource = (typeof attestedSources)[number];

/** Side that asked to move or cancel an appointment. Source: infra/reference/domain.md 2.8 T12. */
export const askingSides = ['PROVIDER', 'CLIENT'] as const;
export type AskingSide = (typeof askingSides)[number];

/** Reasons that only the system may give, because they name an event elsewhere. */
export const systemReasons: ReadonlySet<string> = new Set([
  'CONSENT_REVOKED',
  'CONSENT_EXPIRED',
  'AGENCY_AGREEMENT_ENDED',
  'SAFETY_BLOCK',
  'SUPERSEDED',
]);

/** Reasons after which nothing more may be disclosed, so that a service which has begun is closed, too. */
export const endsDisclosure: ReadonlySet<string> = new Set([
  'CONSENT_REVOKED',
  'CONSENT_EXPIRED',
  'AGENCY_AGREEMENT_ENDED',
  'SAFETY_BLOCK',
]);

/** Reasons after which a service that has begun is closed, too: nothing may be disclosed, or nobody is served. */
export const endsService: ReadonlySet<string> = new Set([...endsDisclosure, 'CLIENT_DECEASED']);
