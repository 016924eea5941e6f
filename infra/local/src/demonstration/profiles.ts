import type { NeedCategory } from '@throughline/privacy';

/** A kind of life that people who come to the program lead. */
export interface Profile {
  name: string;
  populations: string[];
  ages: [from: number, to: number];
  /** The first is what matters most. */
  needs: [NeedCategory, ...NeedCategory[]];
  /** HUD HMIS codes. */
  living: string[];
  episode: 'SUD' | 'MH' | 'CO_OCCURRING' | null;
  authority: 'SELF' | 'GUARDIAN' | 'MINOR_AND_GUARDIAN' | 'POA';
  insurance: string[];
  accessibility?: string[];
  /** Contact could be dangerous. */
  inDanger?: true;
  otherLanguage?: true;
}

const self = 'SELF' as const;

/** Every population occurs, and the ages fit. Source: infra/reference/domain.md 4.7. */
export const profiles: readonly [Profile, ...Profile[]] = [
  {
    name: 'without a home',
    populations: ['HOMELESS', 'SUBSTANCE_USE'],
    ages: [19, 62],
    needs: ['HOMELESSNESS', 'SUD_TREATMENT', 'ID_DOCUMENTS', 'FOOD_INSECURITY'],
    living: ['116', '101'],
    episode: 'SUD',
    authority: self,
    insurance: ['UNINSURED', 'MEDICAID'],
  },
  {
    name: 'addiction',
    populations: ['SUBSTANCE_USE'],
    ages: [20, 58],
    needs: ['WITHDRAWAL_MANAGEMENT', 'RECOVERY_HOUSING', 'PEER_SUPPORT'],
    living: ['336', '410'],
    episode: 'SUD',
    authority: self,
    insurance: ['MEDICAID', 'PRIVATE'],
  },
  {
    name: 'in prison or just released',
    populations: ['JUSTICE_INVOLVED', 'SUBSTANCE_USE'],
    ages: [19, 55],
    needs: ['HOMELESSNESS', 'MOUD', 'INCARCERATION_STATUS', 'EMPLOYMENT_STATUS'],
    living: ['207'],
    episode: 'SUD',
    authority: self,
    insurance: ['UNINSURED', 'MEDICAID'],
  },
  {
    name: 'child',
    populations: ['CHILD_YOUTH'],
    ages: [6, 12],
    needs: ['EDUCATIONAL_ATTAINMENT', 'CHILD_CARE'],
    living: ['335', '410'],
    episode: null,
    authority: 'GUARDIAN',
    insurance: ['MEDICAID'],
  },
  {
    name: 'youth',
    populations: ['CHILD_YOUTH', 'MENTAL_HEALTH'],
    ages: [13, 17],
    needs: ['HOMELESSNESS', 'MENTAL_HEALTH_TREATMENT', 'EDUCATIONAL_ATTAINMENT'],
    living: ['335', '101'],
    episode: 'MH',
    authority: 'MINOR_AND_GUARDIAN',
    insurance: ['MEDICAID'],
  },
  {
    name: 'older adult',
    populations: ['OLDER_ADULT', 'CHRONIC_ILLNESS'],
    ages: [66, 91],
    needs: ['FOOD_INSECURITY', 'TRANSPORTATION_INSECURITY', 'SOCIAL_CONNECTION'],
    living: ['411', '225'],
    episode: null,
    authority: 'POA',
    insurance: ['MEDICARE', 'DUAL_ELIGIBLE'],
    accessibility: ['LARGE_PRINT'],
  },
  {
    name: 'co-occurring',
    populations: ['CO_OCCURRING', 'SUBSTANCE_USE', 'MENTAL_HEALTH'],
    ages: [21, 60],
    needs: ['SUD_TREATMENT', 'MENTAL_HEALTH_TREATMENT', 'HOUSING_INSTABILITY'],
    living: ['302', '314'],
    episode: 'CO_OCCURRING',
    authority: self,
    insurance: ['MEDICAID'],
  },
  {
    name: 'chronic illness',
    populations: ['CHRONIC_ILLNESS'],
    ages: [40, 64],
    needs: ['PRIMARY_CARE', 'MEDICAL_COST_BURDEN', 'TRANSPORTATION_INSECURITY'],
    living: ['410', '421'],
    episode: null,
    authority: self,
    insurance: ['PRIVATE', 'MEDICAID'],
  },
  {
    name: 'mental illness',
    populations: ['MENTAL_HEALTH'],
    ages: [18, 64],
    needs: ['MENTAL_HEALTH_TREATMENT', 'STRESS', 'EMPLOYMENT_STATUS'],
    living: ['410', '335'],
    episode: 'MH',
    authority: self,
    insurance: ['MEDICAID', 'PRIVATE'],
  },
  {
    name: 'survivor of violence at home',
    populations: ['IPV_SURVIVOR', 'MENTAL_HEALTH'],
    ages: [19, 55],
    needs: ['HOMELESSNESS', 'LEGAL_AID', 'CHILD_CARE'],
    living: ['101', '332'],
    episode: 'MH',
    authority: self,
    insurance: ['MEDICAID'],
    inDanger: true,
  },
  {
    name: 'veteran',
    populations: ['VETERAN', 'SUBSTANCE_USE'],
    ages: [25, 78],
    needs: ['WITHDRAWAL_MANAGEMENT', 'VETERAN_STATUS', 'HOUSING_INSTABILITY'],
    living: ['302', '410'],
    episode: 'SUD',
    authority: self,
    insurance: ['VETERANS'],
  },
  {
    name: 'pregnant',
    populations: ['PREGNANT_POSTPARTUM', 'SUBSTANCE_USE'],
    ages: [18, 40],
    needs: ['MOUD', 'HOUSING_INSTABILITY', 'BENEFITS_ENROLMENT'],
    living: ['329', '336'],
    episode: 'SUD',
    authority: self,
    insurance: ['MEDICAID'],
  },
  {
    name: 'limited English',
    populations: ['LEP'],
    ages: [22, 70],
    needs: ['HOUSING_INSTABILITY', 'LANGUAGE_ACCESS', 'HEALTH_INSURANCE_COVERAGE_STATUS'],
    living: ['336', '410'],
    episode: null,
    authority: self,
    insurance: ['UNINSURED', 'MEDICAID'],
    otherLanguage: true,
  },
  {
    name: 'disability',
    populations: ['DISABILITY', 'CHRONIC_ILLNESS'],
    ages: [18, 70],
    needs: ['INADEQUATE_HOUSING', 'TRANSPORTATION_INSECURITY', 'DENTAL'],
    living: ['435', '411'],
    episode: null,
    authority: self,
    insurance: ['DUAL_ELIGIBLE', 'MEDICAID'],
    accessibility: ['WHEELCHAIR'],
  },
  {
    name: 'young LGBTQ adult',
    populations: ['LGBTQ', 'HOMELESS'],
    ages: [18, 24],
    needs: ['HOMELESSNESS', 'MENTAL_HEALTH_TREATMENT', 'EMPLOYMENT_STATUS'],
    living: ['116', '336'],
    episode: 'MH',
    authority: self,
    insurance: ['UNINSURED', 'MEDICAID'],
  },
];
