import type { DataLabel } from './label.ts';

/** Labels of each need category. Source: infra/reference/domain.md 2.11, 3.7 check 7. */
const labelsByNeed = {
  FOOD_INSECURITY: ['SOCIAL'],
  HOUSING_INSTABILITY: ['SOCIAL'],
  HOMELESSNESS: ['SOCIAL'],
  INADEQUATE_HOUSING: ['SOCIAL'],
  TRANSPORTATION_INSECURITY: ['SOCIAL'],
  FINANCIAL_INSECURITY: ['SOCIAL'],
  MATERIAL_HARDSHIP: ['SOCIAL'],
  EDUCATIONAL_ATTAINMENT: ['SOCIAL'],
  EMPLOYMENT_STATUS: ['SOCIAL'],
  VETERAN_STATUS: ['SOCIAL'],
  STRESS: ['SOCIAL'],
  SOCIAL_CONNECTION: ['SOCIAL'],
  INTIMATE_PARTNER_VIOLENCE: ['IPV'],
  ELDER_ABUSE: ['IPV'],
  PERSONAL_HEALTH_LITERACY: ['SOCIAL'],
  HEALTH_INSURANCE_COVERAGE_STATUS: ['SOCIAL'],
  MEDICAL_COST_BURDEN: ['SOCIAL'],
  DIGITAL_LITERACY: ['SOCIAL'],
  DIGITAL_ACCESS: ['SOCIAL'],
  UTILITY_INSECURITY: ['SOCIAL'],
  LANGUAGE_ACCESS: ['SOCIAL'],
  INCARCERATION_STATUS: ['JUSTICE'],
  PROTECTIVE_FACTOR: ['SOCIAL'],
  SUD_TREATMENT: ['SUD'],
  WITHDRAWAL_MANAGEMENT: ['SUD'],
  MOUD: ['SUD'],
  MENTAL_HEALTH_TREATMENT: ['MH'],
  CRISIS_STABILISATION: ['MH'],
  PRIMARY_CARE: ['HEALTH'],
  DENTAL: ['HEALTH'],
  RECOVERY_HOUSING: ['SUD'],
  PEER_SUPPORT: ['SOCIAL'],
  LEGAL_AID: ['SOCIAL'],
  CHILD_CARE: ['SOCIAL'],
  ID_DOCUMENTS: ['SOCIAL'],
  BENEFITS_ENROLMENT: ['SOCIAL'],
  HARM_REDUCTION: ['SUD'],
  OTHER: ['SOCIAL'],
} as const satisfies Record<string, readonly DataLabel[]>;

/** What a person may need: Gravity SDOH categories and behavioural-health ones. Source: infra/reference/domain.md 2.11. */
export type NeedCategory = keyof typeof labelsByNeed;

/** All need categories, in order. Source: infra/reference/domain.md 2.11. */
export const needCategories = Object.keys(labelsByNeed) as NeedCategory[];

/**
 * The labels of a need. A category that this version does not know counts as SUD: sharing too little can be
 * corrected, sharing too much cannot. Source: infra/reference/domain.md 3.7 check 7.
 */
export function labelsOfNeed(needCategory: NeedCategory): readonly DataLabel[] {
  return (labelsByNeed as Partial<Record<string, readonly DataLabel[]>>)[needCategory] ?? ['SUD'];
}
