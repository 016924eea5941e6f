/** Rules to count with. */
export type MeasureSpec = 'ALIGNED' | 'HEDIS_IET' | 'CMS137';

/** Every measure, in the order of the catalogue. */
export const measureCodes = [
  ...(['FUH_7', 'FUH_30', 'FUM_7', 'FUM_30', 'FUA_7', 'FUA_30', 'IET_INITIATION', 'IET_ENGAGEMENT'] as const),
  ...(['SNS', 'DEPRESSION_SCREENING', 'READMISSION', 'RELEASE_7', 'AGAINST_ADVICE_24H'] as const),
  ...(['REFERRAL_RESPONSE', 'REFERRAL_ACCEPTANCE', 'REFERRAL_FIRST_RESPONSE'] as const),
  ...([
    'REFERRAL_FIRST_RESPONSE_BUSINESS',
    'FIRST_CONTACT',
    'SERVICE_AFTER_ACCEPTANCE',
    'FIRST_APPOINTMENT',
  ] as const),
  ...(['LOOP_CLOSURE', 'NEED_RESOLVED', 'REROUTE_RESCUE', 'NO_SHOW'] as const),
  ...([
    'CONTACT_24H',
    'CONTACT_72H',
    'CONTACT_7D',
    'CONTACT_30D',
    'CRISIS_ACKNOWLEDGEMENT',
    'CADENCE',
  ] as const),
  ...(['PLAN_QUALITY', 'PHQ9_RESPONSE', 'PHQ9_REMISSION', 'GAD7_RESPONSE', 'GAD7_REMISSION'] as const),
  ...(['HOUSING_EXIT', 'EMPLOYMENT_GAIN', 'DAYS_USED', 'CASELOAD_OVER'] as const),
  ...(['CONSENT_BLOCKED', 'DISCLOSURE_WITHOUT_BASIS'] as const),
] as const;
export type MeasureCode = (typeof measureCodes)[number];
