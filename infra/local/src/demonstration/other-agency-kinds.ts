import { adults, all, sud, type AgencyKind } from './agency-kind.ts';

/** Agencies of health care, work and everyday life; a shelter and a clinic for detox come first in the whole list. */
export const otherKinds: readonly AgencyKind[] = [
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
