/**
 * Purpose of a disclosure. A disclosure has exactly one purpose, a consent may list several. Source:
 * infra/reference/domain.md 3.2 (5), 3.3.
 */
export const purposes = [
  'TREATMENT',
  'PAYMENT',
  'OPERATIONS',
  'PATIENT_REQUEST',
  'REFERRAL_HOUSING',
  'REFERRAL_FOOD',
  'REFERRAL_TRANSPORT',
  'REFERRAL_BENEFITS',
  'REFERRAL_EMPLOYMENT',
  'REFERRAL_EDUCATION',
  'REFERRAL_ID_DOCUMENTS',
  'REFERRAL_LEGAL',
  'REFERRAL_PEER_SUPPORT',
  'REFERRAL_SAFETY',
  'REFERRAL_OTHER',
  'COURT_MONITORING',
  'LEGAL_PROCEEDING',
  'RESEARCH',
  'FUNDRAISING',
  'MESSAGING',
  'STORY',
] as const;

/** One purpose of use or disclosure. */
export type Purpose = (typeof purposes)[number];

/** Treatment, payment, health care operations. Source: 42 CFR 2.11, 2.33(b). */
export const tpoPurposes: ReadonlySet<Purpose> = new Set(['TREATMENT', 'PAYMENT', 'OPERATIONS']);
