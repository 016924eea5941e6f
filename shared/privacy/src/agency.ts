import { today } from './day.ts';
import type { Purpose } from './purpose.ts';

/** What a partner agency is. Source: infra/reference/domain.md 3.8, 8.5. */
export const agencyTypes = [
  'SHELTER',
  'HOUSING',
  'FOOD',
  'TRANSPORT',
  'BENEFITS',
  'EMPLOYMENT',
  'ID_DOCS',
  'LEGAL_AID',
  'CLINIC',
  'DETOX',
  'RESIDENTIAL',
  'OTP',
  'CORRECTIONS',
  'SCHOOL',
  'EMPLOYER',
  'LANDLORD',
  'PEER',
  'HOSPITAL',
  'NURSING_HOME',
  'OTHER',
] as const;

/** One kind of partner agency. */
export type AgencyType = (typeof agencyTypes)[number];

/**
 * Standing of an agency under HIPAA; decides whether a TPO consent reaches it. Source:
 * infra/reference/domain.md 3.3.
 */
export const hipaaStatuses = ['COVERED_ENTITY', 'BUSINESS_ASSOCIATE', 'PART2_PROGRAM', 'NON_HIPAA'] as const;

/** One legal standing of an agency. */
export type HipaaStatus = (typeof hipaaStatuses)[number];

/** Agreements between the program and an agency. Source: infra/reference/domain.md 3.7 check 2. */
export const agreementTypes = ['BAA', 'QSOA', 'DUA', 'MOU'] as const;

/** One kind of agreement. */
export type AgreementType = (typeof agreementTypes)[number];

/** A signed agreement; both dates are calendar days of the agency (YYYY-MM-DD), `to` is its last day. */
export interface Agreement {
  type: AgreementType;
  from: string;
  to: string | null;
}

/** The agency as the decision needs to know it. */
export interface Recipient {
  agencyId: string;
  agencyType: AgencyType;
  hipaaStatus: HipaaStatus;
  active: boolean;
  /** IANA name; the days of its agreements are days there. */
  timeZone: string;
  agreements: readonly Agreement[];
  /** A Part 2 program may also be a covered entity; then its name alone discloses SUD. */
  isPart2Program: boolean;
  /** Must know who the person is before it can decide, e.g. a legal-aid conflict check. */
  needsIdentityToDecide: boolean;
  /** Has, or is asked by this referral to begin, a treating-provider relationship. Source: 42 CFR 2.31(a)(4)(ii). */
  treatsClient: boolean;
}

const agreementsThatServe: Record<HipaaStatus, readonly AgreementType[]> = {
  COVERED_ENTITY: ['DUA', 'MOU', 'BAA', 'QSOA'],
  PART2_PROGRAM: ['DUA', 'MOU', 'BAA', 'QSOA'],
  BUSINESS_ASSOCIATE: ['BAA', 'QSOA'],
  NON_HIPAA: ['DUA', 'MOU'],
};

/**
 * Whether the agency is active and an agreement of the right type is in force today, as the agency counts days.
 * Source: infra/reference/domain.md 3.7 check 2.
 */
export function hasAgreement(recipient: Recipient, now: Date): boolean {
  const day = today({ now, timeZone: recipient.timeZone });
  return (
    recipient.active &&
    recipient.agreements.some(
      ({ type, from, to }) =>
        agreementsThatServe[recipient.hipaaStatus].includes(type) &&
        from <= day &&
        (to === null || day <= to),
    )
  );
}

/** Purposes each kind of agency may receive data for; the first is the usual one. Source: infra/reference/domain.md 3.7 check 6 (POLICY). */
export const purposesByAgencyType: Readonly<Record<AgencyType, readonly [Purpose, ...Purpose[]]>> = {
  SHELTER: ['REFERRAL_HOUSING', 'REFERRAL_SAFETY', 'PATIENT_REQUEST'],
  HOUSING: ['REFERRAL_HOUSING', 'PATIENT_REQUEST'],
  FOOD: ['REFERRAL_FOOD', 'PATIENT_REQUEST'],
  TRANSPORT: ['REFERRAL_TRANSPORT', 'PATIENT_REQUEST'],
  BENEFITS: ['REFERRAL_BENEFITS', 'PATIENT_REQUEST'],
  EMPLOYMENT: ['REFERRAL_EMPLOYMENT', 'PATIENT_REQUEST'],
  ID_DOCS: ['REFERRAL_ID_DOCUMENTS', 'PATIENT_REQUEST'],
  LEGAL_AID: ['REFERRAL_LEGAL', 'PATIENT_REQUEST'],
  CLINIC: ['TREATMENT', 'PATIENT_REQUEST'],
  DETOX: ['TREATMENT', 'PATIENT_REQUEST'],
  RESIDENTIAL: ['TREATMENT', 'PATIENT_REQUEST'],
  OTP: ['TREATMENT', 'PATIENT_REQUEST'],
  CORRECTIONS: ['COURT_MONITORING'],
  SCHOOL: ['REFERRAL_EDUCATION', 'PATIENT_REQUEST'],
  EMPLOYER: ['REFERRAL_EMPLOYMENT', 'PATIENT_REQUEST'],
  LANDLORD: ['REFERRAL_HOUSING', 'PATIENT_REQUEST'],
  PEER: ['REFERRAL_PEER_SUPPORT', 'PATIENT_REQUEST'],
  HOSPITAL: ['TREATMENT', 'PATIENT_REQUEST'],
  NURSING_HOME: ['TREATMENT', 'PATIENT_REQUEST'],
  OTHER: ['REFERRAL_OTHER', 'PATIENT_REQUEST'],
};

/** The purpose a referral to this kind of agency has unless the sender says otherwise. Source: infra/reference/domain.md 3.7 check 6. */
export function usualPurpose(agencyType: AgencyType): Purpose {
  return purposesByAgencyType[agencyType][0];
}
