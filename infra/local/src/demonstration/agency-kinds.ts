import type { AgencyType, HipaaStatus, NeedCategory } from '@throughline/privacy';

export interface Offer {
  name: string;
  needs: NeedCategory[];
  /** Years; to null: no upper limit. */
  ages: [from: number, to: number | null];
  sensitive?: 'SUD' | 'MH' | 'IPV';
  unit?: string;
  conditions?: string[];
}

export interface AgencyKind {
  type: AgencyType;
  /** Follows the made-up word in the agency's name. */
  suffix: string;
  hipaa: HipaaStatus;
  part2?: true;
  offers: [Offer, ...Offer[]];
}

const adults: [number, null] = [18, null];
const all: [number, null] = [0, null];
const sud = 'SUD' as const;

/** Every type of agency, with what agencies of the type usually offer. */
export const agencyKinds: readonly AgencyKind[] = [
  {
    type: 'SHELTER',
    suffix: 'Shelter',
    hipaa: 'NON_HIPAA',
    offers: [
      { name: 'Emergency Shelter for Adults', needs: ['HOMELESSNESS'], ages: adults, unit: 'bed' },
      { name: 'Family Emergency Shelter', needs: ['HOMELESSNESS'], ages: all, unit: 'room' },
      { name: 'Youth Shelter', needs: ['HOMELESSNESS'], ages: [12, 24], unit: 'bed' },
      {
        name: 'Transitional Housing',
        needs: ['HOUSING_INSTABILITY', 'HOMELESSNESS'],
        ages: adults,
        unit: 'place',
      },
      {
        name: 'Day Center and Mail Address',
        needs: ['HOMELESSNESS', 'ID_DOCUMENTS', 'MATERIAL_HARDSHIP'],
        ages: all,
      },
      {
        name: 'Safe House',
        needs: ['INTIMATE_PARTNER_VIOLENCE', 'HOMELESSNESS'],
        ages: all,
        sensitive: 'IPV',
        unit: 'room',
      },
    ],
  },
  {
    type: 'DETOX',
    suffix: 'Detox Clinic',
    hipaa: 'PART2_PROGRAM',
    part2: true,
    offers: [
      {
        name: 'Medically Managed Withdrawal',
        needs: ['WITHDRAWAL_MANAGEMENT', 'SUD_TREATMENT'],
        ages: adults,
        sensitive: sud,
        unit: 'bed',
      },
      {
        name: 'Ambulatory Withdrawal Support',
        needs: ['WITHDRAWAL_MANAGEMENT'],
        ages: adults,
        sensitive: sud,
        unit: 'place',
      },
      {
        name: 'Medication for Opioid Use Disorder',
        needs: ['MOUD', 'SUD_TREATMENT'],
        ages: adults,
        sensitive: sud,
      },
      {
        name: 'Youth Substance Use Assessment',
        needs: ['SUD_TREATMENT'],
        ages: [13, 17],
        sensitive: sud,
      },
      {
        name: 'Naloxone and Overdose Prevention',
        needs: ['HARM_REDUCTION'],
        ages: all,
        sensitive: sud,
      },
    ],
  },
  {
    type: 'HOUSING',
    suffix: 'Homes',
    hipaa: 'NON_HIPAA',
    offers: [
      {
        name: 'Rent Assistance',
        needs: ['HOUSING_INSTABILITY', 'FINANCIAL_INSECURITY'],
        ages: adults,
      },
      {
        name: 'Supportive Housing',
        needs: ['HOMELESSNESS', 'INADEQUATE_HOUSING'],
        ages: adults,
        unit: 'apartment',
      },
      { name: 'Utility Payment Help', needs: ['UTILITY_INSECURITY'], ages: adults },
    ],
  },
  {
    type: 'FOOD',
    suffix: 'Food Pantry',
    hipaa: 'NON_HIPAA',
    offers: [
      { name: 'Food Pantry', needs: ['FOOD_INSECURITY'], ages: all },
      { name: 'Hot Meals', needs: ['FOOD_INSECURITY', 'SOCIAL_CONNECTION'], ages: all },
      { name: 'Groceries at Home', needs: ['FOOD_INSECURITY'], ages: [60, null] },
    ],
  },
  {
    type: 'TRANSPORT',
    suffix: 'Rides',
    hipaa: 'NON_HIPAA',
    offers: [
      { name: 'Rides to Appointments', needs: ['TRANSPORTATION_INSECURITY'], ages: all },
      { name: 'Bus Passes', needs: ['TRANSPORTATION_INSECURITY'], ages: all },
    ],
  },
  {
    type: 'BENEFITS',
    suffix: 'Benefits Center',
    hipaa: 'NON_HIPAA',
    offers: [
      {
        name: 'Benefits Enrolment',
        needs: ['BENEFITS_ENROLMENT', 'FINANCIAL_INSECURITY'],
        ages: adults,
      },
      {
        name: 'Health Insurance Navigation',
        needs: ['HEALTH_INSURANCE_COVERAGE_STATUS', 'MEDICAL_COST_BURDEN'],
        ages: all,
      },
      { name: 'Veterans Benefits Counseling', needs: ['VETERAN_STATUS'], ages: adults },
    ],
  },
  {
    type: 'EMPLOYMENT',
    suffix: 'Work Center',
    hipaa: 'NON_HIPAA',
    offers: [
      { name: 'Job Search Support', needs: ['EMPLOYMENT_STATUS'], ages: [16, null] },
      {
        name: 'Computer Skills',
        needs: ['DIGITAL_LITERACY', 'DIGITAL_ACCESS'],
        ages: all,
      },
    ],
  },
  {
    type: 'ID_DOCS',
    suffix: 'Document Desk',
    hipaa: 'NON_HIPAA',
    offers: [{ name: 'Replacement of Identity Documents', needs: ['ID_DOCUMENTS'], ages: all }],
  },
  {
    type: 'LEGAL_AID',
    suffix: 'Legal Aid',
    hipaa: 'NON_HIPAA',
    offers: [
      { name: 'Civil Legal Aid', needs: ['LEGAL_AID'], ages: all },
      { name: 'Record Clearing', needs: ['LEGAL_AID', 'INCARCERATION_STATUS'], ages: adults },
    ],
  },
  {
    type: 'CLINIC',
    suffix: 'Community Clinic',
    hipaa: 'COVERED_ENTITY',
    offers: [
      { name: 'Primary Care', needs: ['PRIMARY_CARE'], ages: all },
      { name: 'Dental Care', needs: ['DENTAL'], ages: all },
      {
        name: 'Outpatient Counseling',
        needs: ['MENTAL_HEALTH_TREATMENT'],
        ages: [6, null],
        sensitive: 'MH',
      },
      {
        name: 'Crisis Stabilisation',
        needs: ['CRISIS_STABILISATION'],
        ages: [13, null],
        sensitive: 'MH',
        unit: 'chair',
      },
    ],
  },
  {
    type: 'RESIDENTIAL',
    suffix: 'Recovery Residence',
    hipaa: 'PART2_PROGRAM',
    part2: true,
    offers: [
      {
        name: 'Residential Treatment',
        needs: ['SUD_TREATMENT'],
        ages: adults,
        sensitive: sud,
        unit: 'bed',
      },
      {
        name: 'Recovery Housing for Women',
        needs: ['RECOVERY_HOUSING'],
        ages: adults,
        sensitive: sud,
        unit: 'bed',
        conditions: ['WOMEN_ONLY'],
      },
    ],
  },
  {
    type: 'OTP',
    suffix: 'Opioid Treatment Program',
    hipaa: 'PART2_PROGRAM',
    part2: true,
    offers: [
      {
        name: 'Methadone and Buprenorphine',
        needs: ['MOUD'],
        ages: adults,
        sensitive: sud,
      },
    ],
  },
  {
    type: 'CORRECTIONS',
    suffix: 'Reentry Office',
    hipaa: 'NON_HIPAA',
    offers: [{ name: 'Reentry Planning', needs: ['INCARCERATION_STATUS'], ages: adults }],
  },
  {
    type: 'SCHOOL',
    suffix: 'School',
    hipaa: 'NON_HIPAA',
    offers: [
      { name: 'Tutoring', needs: ['EDUCATIONAL_ATTAINMENT'], ages: [6, 21] },
      { name: 'English Classes', needs: ['LANGUAGE_ACCESS'], ages: [16, null] },
      { name: 'After-School Care', needs: ['CHILD_CARE'], ages: [5, 13], unit: 'place' },
    ],
  },
  {
    type: 'EMPLOYER',
    suffix: 'Works',
    hipaa: 'NON_HIPAA',
    offers: [{ name: 'Supported Employment', needs: ['EMPLOYMENT_STATUS'], ages: adults, unit: 'job' }],
  },
  {
    type: 'LANDLORD',
    suffix: 'Property Partners',
    hipaa: 'NON_HIPAA',
    offers: [
      {
        name: 'Low-Barrier Apartments',
        needs: ['HOUSING_INSTABILITY', 'INADEQUATE_HOUSING'],
        ages: adults,
        unit: 'apartment',
      },
    ],
  },
  {
    type: 'PEER',
    suffix: 'Peer Network',
    hipaa: 'NON_HIPAA',
    offers: [
      {
        name: 'Peer Support',
        needs: ['PEER_SUPPORT', 'SOCIAL_CONNECTION'],
        ages: [16, null],
      },
      { name: 'Family Support Group', needs: ['STRESS', 'SOCIAL_CONNECTION'], ages: all },
    ],
  },
  {
    type: 'HOSPITAL',
    suffix: 'Hospital',
    hipaa: 'COVERED_ENTITY',
    offers: [
      { name: 'Prenatal Clinic', needs: ['PRIMARY_CARE'], ages: [12, 55] },
      {
        name: 'Psychiatric Day Program',
        needs: ['MENTAL_HEALTH_TREATMENT'],
        ages: adults,
        sensitive: 'MH',
      },
      { name: 'Chronic Disease Education', needs: ['PERSONAL_HEALTH_LITERACY'], ages: adults },
    ],
  },
  {
    type: 'NURSING_HOME',
    suffix: 'Nursing Home',
    hipaa: 'COVERED_ENTITY',
    offers: [
      { name: 'Short-Stay Rehabilitation', needs: ['OTHER'], ages: [60, null], unit: 'bed' },
      { name: 'Protection of Older Adults', needs: ['ELDER_ABUSE'], ages: [60, null], sensitive: 'IPV' },
    ],
  },
  {
    type: 'OTHER',
    suffix: 'Community Hub',
    hipaa: 'NON_HIPAA',
    offers: [
      { name: 'Clothing and Household Goods', needs: ['MATERIAL_HARDSHIP'], ages: all },
      { name: 'Mentoring', needs: ['PROTECTIVE_FACTOR'], ages: [10, 24] },
    ],
  },
];
