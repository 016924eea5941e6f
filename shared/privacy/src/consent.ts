import type { Day } from './day.ts';
import type { DataLabel } from './label.ts';
import type { Purpose } from './purpose.ts';

/**
 * A consent as plain data: every element of 42 CFR 2.31(a) and nothing else.
 * It travels as JSON between services, so instants are RFC 3339 UTC strings (`IsoInstant`) and calendar
 * days are `YYYY-MM-DD` strings (`Day`); only `now` is a `Date`. What cannot be parsed counts as missing.
 * Source: infra/reference/domain.md 3.2; 42 CFR 2.31.
 */
export interface Consent {
  id: string;
  clientId: string;
  kind: ConsentKind;
  status: ConsentStatus;
  /** Element 1. */
  patientNameAsSigned: string;
  /** Element 2: who may disclose. */
  disclosers: readonly Discloser[];
  /** Element 3: what, in words and as labels; `excludes` overrides `categories`. */
  infoDescription: string;
  categories: readonly DataLabel[];
  excludes: readonly DataLabel[];
  /** Element 4: recipients. */
  recipients: readonly ConsentRecipient[];
  intermediary: Intermediary | null;
  /** Element 5. */
  purposes: readonly Purpose[];
  /** Elements 4-iii, 5b, 6 and 10: what the form told the person. */
  statements: ConsentStatements;
  /** Element 7. */
  expiry: ConsentExpiry;
  /** Element 8: one signature, two where the minor and a guardian must both sign. */
  signatures: readonly Signature[];
  /** Element 9. */
  signedAt: IsoInstant | null;
  revokedAt: IsoInstant | null;
  /** The program knows, or should know, that the consent is materially false. Source: 42 CFR 2.31(c). */
  knownFalse: boolean;
  /** The person agreed that an agency may learn who they are before it decides. Source: infra/reference/domain.md 3.8. */
  identityBeforeDecision: boolean;
  /** The person agreed that the recipient may pass the data on. Source: infra/reference/domain.md 3.5. */
  permitsRedisclosure: boolean;
  /** CRIMINAL_JUSTICE_2_35 only. Source: 42 CFR 2.35. */
  irrevocableUntil: Day | null;
  /** State whose law decided who must sign, e.g. `US-OR`. Source: infra/reference/domain.md 3.11. */
  jurisdiction: string | null;
}

/** RFC 3339 instant in UTC. */
export type IsoInstant = string;

/** What a consent is for. Source: infra/reference/domain.md 3.2. */
export const consentKinds = [
  'SINGLE_TPO',
  'SPECIFIC_DISCLOSURE',
  'SUD_COUNSELING_NOTES',
  'LEGAL_PROCEEDING',
  'CRIMINAL_JUSTICE_2_35',
  'HIPAA_AUTHORIZATION',
  'RESEARCH',
  'CONTACT_CHANNEL',
  'PHOTO_STORY',
] as const;
/** One kind of consent. */
export type ConsentKind = (typeof consentKinds)[number];

/** Status of a consent. Source: infra/reference/domain.md 3.2. */
export const consentStatuses = [
  'DRAFT',
  'ACTIVE',
  'EXPIRED',
  'REVOKED',
  'SUPERSEDED',
  'INVALID',
  'ENTERED_IN_ERROR',
] as const;
/** One status of a consent. */
export type ConsentStatus = (typeof consentStatuses)[number];

/** A named organisation or, in the words of the form, a class of them. */
export interface Discloser {
  organizationId: string | null;
  classText: string | null;
}

/** Classes of recipients a form may name instead of one agency. Source: 42 CFR 2.31(a)(4)(i). */
export const recipientClasses = [
  'TREATING_PROVIDERS',
  'HEALTH_PLANS',
  'THIRD_PARTY_PAYERS',
  'PROGRAM_OPERATIONS',
] as const;
/** One class of recipients. */
export type RecipientClass = (typeof recipientClasses)[number];

/** Exactly one of the two is set. */
export interface ConsentRecipient {
  agencyId: string | null;
  classCode: RecipientClass | null;
}

/** Needed when the data goes through an intermediary. Source: 42 CFR 2.24, 2.31(a)(4)(ii). */
export interface Intermediary {
  name: string;
  participantNames: readonly string[];
  /** A general designation instead of names, limited to participants that treat the person. */
  treatingProvidersOnly: boolean;
}

/** Statements printed on the signed form. Source: 42 CFR 2.31(a)(4)(iii), (5), (6), (10). */
export interface ConsentStatements {
  /** Right to revoke in writing, how, and the reliance exception. */
  revocation: boolean;
  /** A covered entity may redisclose under HIPAA, except in proceedings against the person. */
  hipaaRedisclosure: boolean;
  /** TPO: the data may be redisclosed and lose the protection of Part 2. */
  tpoRedisclosure: boolean;
  /** TPO: what happens if the person does not sign. */
  refusalConsequences: boolean;
  /** Fundraising: a chance to opt out. */
  fundraisingOptOut: boolean;
}

/** DATE: `date` is the last day, in the time zone of the program. EVENT: ends at `eventOccurredAt`. NONE_TPO: no end, for TPO only. Source: 42 CFR 2.31(a)(7). */
export interface ConsentExpiry {
  kind: 'DATE' | 'EVENT' | 'NONE_TPO';
  date: Day | null;
  eventText: string | null;
  eventOccurredAt: IsoInstant | null;
}

/** In what capacity somebody signed. */
export const signerCapacities = ['PATIENT', 'GUARDIAN', 'POA', 'COURT', 'EXECUTOR'] as const;
/** One capacity of a signer. */
export type SignerCapacity = (typeof signerCapacities)[number];

/** How a signature was given; electronic is allowed. Source: 42 CFR 2.31(a)(8). */
export const signatureMethods = ['WET', 'ELECTRONIC', 'SCANNED'] as const;
/** One way to sign. */
export type SignatureMethod = (typeof signatureMethods)[number];

/** One signature; anybody but the patient needs an authority document. */
export interface Signature {
  by: string;
  capacity: SignerCapacity;
  method: SignatureMethod;
  authorityDocId: string | null;
}

/** Who may consent for this person. Source: infra/reference/domain.md 3.11. */
export const consentAuthorities = [
  'SELF',
  'MINOR_SOLE',
  'MINOR_AND_GUARDIAN',
  'GUARDIAN',
  'POA',
  'COURT',
  'EXECUTOR',
] as const;
/** One authority to consent. */
export type ConsentAuthority = (typeof consentAuthorities)[number];

/** What consent validity needs to know of the person. */
export interface ConsentingClient {
  clientId: string;
  dateOfBirth: Day | null;
  consentAuthority: ConsentAuthority;
}
