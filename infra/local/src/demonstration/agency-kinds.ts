import { adults, all, sud, type AgencyKind } from './agency-kind.ts';
import { otherKinds } from './other-agency-kinds.ts';

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
  ...otherKinds,
];
