import type { AgencyType, Recipient } from './agency.ts';
import { explain, type DenyCode } from './access-reason.ts';
import type { Consent, ConsentingClient, ConsentKind, RecipientClass } from './consent.ts';
import { elementIssues, isExpired } from './consent-validity.ts';
import type { Moment } from './day.ts';
import { neverReleasedLabels, specificConsentLabels, type DataLabel } from './label.ts';
import type { Purpose } from './purpose.ts';

/**
 * Legal role of the operating organisation; an intermediary has stricter rules. Source:
 * infra/reference/domain.md 3.1.
 */
export type LegalRole = 'BA_QSO' | 'INTERMEDIARY' | 'COVERED_ENTITY' | 'PART2_PROGRAM';

/** What is to be disclosed under a consent. Its moment is in the time zone of the program that discloses. */
export interface CoverageRequest extends Moment {
  recipient: Recipient;
  purpose: Purpose;
  client: ConsentingClient;
  /** The organisation that discloses; left out, the discloser is not checked (a preview for people). */
  disclosedBy?: string;
  legalRole?: LegalRole;
}

/** The answer for one label, with a sentence that names no person. */
export interface LabelCoverage {
  label: DataLabel;
  code: 'PERMIT' | DenyCode;
  explanation: string;
}

/**
 * Coverage of one consent, label by label. The scope is checked before the validity, so that an expired consent
 * for another agency answers "not named" and not "expired". Source: infra/reference/domain.md 3.3, 3.7 check 8,
 * 8.12; 42 CFR 2.31, 2.33.
 */
export function coverage(
  consent: Consent,
  request: CoverageRequest & { labels: readonly DataLabel[] },
): LabelCoverage[] {
  return request.labels.map((label) => {
    const code = coverageCode(consent, request, label);
    return code === null
      ? { label, code: 'PERMIT', explanation: 'The consent covers this.' }
      : { label, code, explanation: explain(code) };
  });
}

/**
 * Why the consent does not cover the label (`null`: it does). `label: null` asks for the envelope:
 * recipient, purpose and validity without any category.
 * Source: infra/reference/domain.md 3.7 check 8, 3.7 check 9.
 */
export function coverageCode(
  consent: Consent,
  request: CoverageRequest,
  label: DataLabel | null,
): DenyCode | null {
  return (
    scopeCode(consent, request) ??
    (label === null ? null : categoryCode(consent, label)) ??
    validityCode(consent, request)
  );
}

const kindsForDisclosure: ReadonlySet<ConsentKind> = new Set([
  'SINGLE_TPO',
  'SPECIFIC_DISCLOSURE',
  'LEGAL_PROCEEDING',
  'CRIMINAL_JUSTICE_2_35',
  'HIPAA_AUTHORIZATION',
]);

/** A NON_HIPAA agency is reached only by a consent that names it. Source: infra/reference/domain.md 3.3. */
const kindsForNonHipaa: ReadonlySet<ConsentKind> = new Set(['SPECIFIC_DISCLOSURE', 'CRIMINAL_JUSTICE_2_35']);

const treatingTypes: ReadonlySet<AgencyType> = new Set([
  'CLINIC',
  'DETOX',
  'RESIDENTIAL',
  'OTP',
  'HOSPITAL',
  'NURSING_HOME',
]);

function scopeCode(consent: Consent, request: CoverageRequest): DenyCode | null {
  const { disclosedBy, purpose } = request;
  const recipientProblem = recipientCode(consent, request);
  if (recipientProblem) return recipientProblem;
  if (!consent.purposes.includes(purpose) || !kindsForDisclosure.has(consent.kind))
    return 'PURPOSE_NOT_CONSENTED';
  // A class of disclosers is written in words for people; the person who signed meant the sending program.
  const named = consent.disclosers.some(
    ({ organizationId, classText }) => organizationId === disclosedBy || classText,
  );
  return disclosedBy !== undefined && !named ? 'DISCLOSER_NOT_NAMED' : null;
}

function recipientCode(
  consent: Consent,
  { recipient, purpose, legalRole }: CoverageRequest,
): DenyCode | null {
  const nonHipaa = recipient.hipaaStatus === 'NON_HIPAA';
  const named = consent.recipients.some(({ agencyId }) => agencyId === recipient.agencyId);
  const isForCourts = consent.kind === 'CRIMINAL_JUSTICE_2_35' && recipient.agencyType !== 'CORRECTIONS';
  if (isForCourts || (nonHipaa && !kindsForNonHipaa.has(consent.kind)))
    return named ? 'KIND_NOT_SUFFICIENT' : 'RECIPIENT_NOT_NAMED';
  if (named) return null;
  if (nonHipaa || !consent.recipients.some(({ classCode }) => isOfClass(recipient, purpose, classCode)))
    return 'RECIPIENT_NOT_NAMED';
  return legalRole === 'INTERMEDIARY' && !recipient.treatsClient ? 'NOT_TREATING_PROVIDER' : null;
}

/** Partner agencies are never payers or operators of the program, so only one class can reach them. */
function isOfClass(recipient: Recipient, purpose: Purpose, classCode: RecipientClass | null): boolean {
  return (
    classCode === 'TREATING_PROVIDERS' && purpose === 'TREATMENT' && treatingTypes.has(recipient.agencyType)
  );
}

function categoryCode(consent: Consent, label: DataLabel): DenyCode | null {
  if (neverReleasedLabels.has(label)) return 'CATEGORY_NEVER_SHARED';
  const given = consent.categories.includes(label) && !consent.excludes.includes(label);
  const tooGeneral =
    (consent.kind === 'SINGLE_TPO' && specificConsentLabels.has(label)) ||
    // "A general authorization ... is NOT sufficient" for Part 2 records (42 CFR 2.32).
    (consent.kind === 'HIPAA_AUTHORIZATION' && label === 'SUD');
  return given && !tooGeneral ? null : 'CATEGORY_NOT_CONSENTED';
}

function validityCode(consent: Consent, request: CoverageRequest): DenyCode | null {
  if (consent.status === 'REVOKED' || consent.revokedAt !== null) return 'CONSENT_REVOKED';
  if (isExpired(consent, request)) return 'CONSENT_EXPIRED';
  return consent.status === 'ACTIVE' && elementIssues(consent, request, request.client).length === 0
    ? null
    : 'CONSENT_DEFICIENT';
}
