/**
 * Reasons for withholding, each with one sentence that names no person. Source: infra/reference/domain.md 3.7,
 * 8.10.
 */
const denials = {
  UNAUTHENTICATED: 'The person or system asking is not signed in, or is not bound to exactly one agency.',
  NO_AGREEMENT: 'The agency is not active or has no signed agreement of the right type in force.',
  NOT_ADDRESSED:
    'This referral is not addressed to the agency, or is not in a state that the agency may see.',
  CONSENT_UNVERIFIABLE:
    'The consent could not be checked within the last 60 seconds, so nothing is released.',
  RESTRICTED: 'A privacy restriction is in force for this person.',
  SAFETY_BLOCK: 'Releasing this could put the person in danger.',
  PURPOSE_NOT_ALLOWED: 'Agencies of this type may not receive data for this purpose.',
  NO_CONSENT: 'There is no consent from the person.',
  CONSENT_EXPIRED: 'The consent has expired.',
  CONSENT_REVOKED: 'The person has revoked the consent.',
  CONSENT_DEFICIENT: 'The consent lacks an element that the law requires, or is not signed as it must be.',
  DISCLOSER_NOT_NAMED: 'The consent does not name the sending organisation as one that may disclose.',
  RECIPIENT_NOT_NAMED:
    'The consent does not name this agency, and no class of recipients on it reaches the agency.',
  KIND_NOT_SUFFICIENT:
    'A consent of this kind does not reach this agency. Record a SPECIFIC_DISCLOSURE consent that names the agency.',
  NOT_TREATING_PROVIDER: 'A general designation covers only agencies that treat the person.',
  PURPOSE_NOT_CONSENTED: 'The consent does not cover this purpose.',
  CATEGORY_NOT_CONSENTED: 'The consent does not cover this kind of information.',
  CATEGORY_NEVER_SHARED: 'Information of this kind is never shared with partner agencies.',
  MIN_NECESSARY: 'The agency does not need this at the present stage of the referral.',
  AUDIT_UNAVAILABLE: 'The disclosure could not be written to the ledger, so nothing is released.',
} as const;

/** Why a disclosure, a label or a field is refused. Source: infra/reference/domain.md 3.7. */
export type DenyCode = keyof typeof denials;

/** All refusal codes. */
export const denyCodes = Object.keys(denials) as DenyCode[];

/** Why a field may or may not be read; the reason in a `FieldAccess`. Source: infra/reference/domain.md 8.10. */
export type AccessReason = 'OK' | DenyCode | 'NOT_ASSIGNED' | 'ROLE_FORBIDDEN';

/** All access reasons. */
export const accessReasons: readonly AccessReason[] = ['OK', ...denyCodes, 'NOT_ASSIGNED', 'ROLE_FORBIDDEN'];

const explanations: Record<AccessReason, string> = {
  OK: 'This may be read.',
  ...denials,
  NOT_ASSIGNED: 'The person is not on your caseload or your team.',
  ROLE_FORBIDDEN: 'Your role does not include this.',
};

/** One plain sentence for a reason, without anything about the person. Source: infra/reference/domain.md 3.7. */
export function explain(reason: AccessReason): string {
  return explanations[reason];
}
