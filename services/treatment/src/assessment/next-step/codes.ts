/** What is to be done. */
export const stepCodes = [
  'C_SSRS_SCREENER',
  'PHQ_9',
  'AUDIT',
  'STAY_AND_WARM_TRANSFER',
  'SAFETY_PLAN',
  'SAFETY_RESOURCES',
  'CLINICIAN_REVIEW',
  'FOLLOW_UP_CONTACT',
  'BRIEF_INTERVENTION',
  'BRIEF_COUNSELLING',
  'ASAM_ASSESSMENT',
  'WITHDRAWAL_CHECK',
  'NALOXONE_OFFER',
  'VIOLENCE_PROTOCOL',
  'RECORD_NEED',
  'CRISIS_CONTACT_24H',
  'CRISIS_CONTACT_72H',
  'CRISIS_REVIEW',
  'RISK_REVIEW',
] as const;
export type StepCode = (typeof stepCodes)[number];

/** Why it is to be done. */
export const reasons = [
  'SUICIDE_ITEM',
  'C_SSRS_HIGH',
  'C_SSRS_MODERATE',
  'C_SSRS_LOW',
  'PHQ2_POSITIVE',
  'DEPRESSION_SEVERE',
  'ANXIETY_SEVERE',
  'PTSD_POSITIVE',
  'ALCOHOL_POSITIVE',
  'ALCOHOL_HAZARDOUS',
  'ALCOHOL_HARMFUL',
  'ALCOHOL_DEPENDENCE',
  'DRUGS_MODERATE',
  'DRUGS_SUBSTANTIAL',
  'SUBSTANCE_USE_POSITIVE',
  'OPIOID_USE',
  'VIOLENCE',
  'NO_PLACE_TO_LIVE',
  'HOUSING_AT_RISK',
  'HOUSING_INADEQUATE',
  'SOCIAL_FOOD',
  'SOCIAL_TRANSPORT',
  'SOCIAL_UTILITIES',
  'MOUD_GAP',
  'OVERDOSE',
  'CRISIS_OVER',
  'TIER_LOWERING_ASKED',
] as const;
export type StepReason = (typeof reasons)[number];

/** Who is asked to do it. CLINICIAN: the author where the author is one, else the supervisor, who finds one. */
export const owners = ['AUTHOR', 'CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN'] as const;
export type Owner = (typeof owners)[number];

/** Steps that must be done: no one may say that they are not needed. Source: infra/reference/domain.md 4.4. */
export const mandatory: readonly StepCode[] = ['CRISIS_CONTACT_24H', 'CRISIS_CONTACT_72H', 'CRISIS_REVIEW'];

/** Steps that another command completes, so nobody completes them by hand. */
export const doneElsewhere: readonly StepCode[] = [
  'C_SSRS_SCREENER',
  'PHQ_9',
  'AUDIT',
  'CRISIS_REVIEW',
  'RISK_REVIEW',
];
