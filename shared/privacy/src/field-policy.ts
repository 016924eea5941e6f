import type { AgencyType } from './agency.ts';
import type { FieldName } from './field.ts';
import type { NeedCategory } from './need.ts';
import type { VisibilityStage } from './stage.ts';

/** Changes whenever a row of the policy changes; stored with every disclosure. */
export const fieldPolicyVersion = '2026-11-23';

/**
 * Fields that an agency of one type may see, before the consent is considered (POLICY). Source:
 * infra/reference/domain.md 3.8.
 */
interface AgencyPolicy {
  /** Sees the rows of the matrix for everybody (coarse facts, need, documents). */
  common: boolean;
  identity: readonly FieldName[];
  stage1: readonly FieldName[];
  stage2: readonly FieldName[];
  /** Further stage-2 fields when the need is one of mental health. */
  mentalHealth: readonly FieldName[];
}

const envelope: readonly FieldName[] = [
  'referral.id',
  'referral.status',
  'referral.priority',
  'referral.dates',
  'referral.requestedService',
];
const tombstone: readonly FieldName[] = ['referral.id', 'referral.status'];
const coarse: readonly FieldName[] = [
  'person.ageBand',
  'person.county',
  'person.zip3',
  'person.language',
  'person.interpreterNeeded',
  'person.householdSize',
  'person.insuranceType',
  'person.accessibility',
  'need.category',
];
const fullIdentity: readonly FieldName[] = [
  'person.name',
  'person.dateOfBirth',
  'person.phone',
  'person.safeContact',
];
const nameAndContact: readonly FieldName[] = ['person.name', 'person.phone', 'person.safeContact'];
const sud: readonly FieldName[] = [
  'clinical.sudDiagnoses',
  'clinical.sudScreens',
  'clinical.moud',
  'clinical.asamRatings',
  'clinical.levelOfCare',
];
const care: readonly FieldName[] = [
  'clinical.problemList',
  'clinical.diagnoses',
  'clinical.medications',
  'clinical.allergies',
];
const mentalHealth: readonly FieldName[] = ['clinical.mentalHealthDiagnoses', 'clinical.mentalHealthScreens'];

const basic: AgencyPolicy = {
  common: true,
  identity: nameAndContact,
  stage1: [],
  stage2: [],
  mentalHealth: [],
};
const practical: AgencyPolicy = { ...basic, stage2: ['social.eligibilityFacts'] };
const named: AgencyPolicy = {
  ...basic,
  common: false,
  identity: ['person.name'],
  stage2: ['social.namedFacts'],
};
const housing: AgencyPolicy = {
  ...basic,
  identity: fullIdentity,
  stage1: [
    'social.householdComposition',
    'social.genderPlacementPreference',
    'social.pets',
    'social.dateNeeded',
    'justice.registryExclusion',
  ],
  stage2: ['social.incomeBand', 'social.documentsHeld', 'social.livingSituation'],
};
const clinic: AgencyPolicy = {
  ...basic,
  identity: fullIdentity,
  stage1: ['clinical.urgency'],
  stage2: [...care, ...sud],
  mentalHealth,
};
const hospital: AgencyPolicy = {
  ...clinic,
  stage2: [...clinic.stage2, 'clinical.dischargePacket', 'clinical.safetyPlan'],
};
const sudProgram: AgencyPolicy = {
  ...basic,
  identity: fullIdentity,
  stage1: [
    'clinical.levelOfCareRequested',
    'clinical.substanceClass',
    'clinical.lastUseDate',
    'clinical.pregnancy',
    'clinical.withdrawalRisk',
  ],
  stage2: [
    ...sud,
    'clinical.medications',
    'clinical.allergies',
    'clinical.medicalRisk',
    'clinical.infectiousPrecautions',
  ],
};

const policies: Record<AgencyType, AgencyPolicy> = {
  SHELTER: housing,
  HOUSING: housing,
  FOOD: practical,
  TRANSPORT: practical,
  BENEFITS: practical,
  EMPLOYMENT: practical,
  ID_DOCS: practical,
  LEGAL_AID: {
    ...basic,
    stage1: ['legal.matterType', 'legal.deadline', 'legal.opposingParty'],
    stage2: ['legal.matterSummary'],
  },
  CLINIC: clinic,
  DETOX: sudProgram,
  RESIDENTIAL: sudProgram,
  OTP: sudProgram,
  CORRECTIONS: { ...named, stage2: ['justice.attendance', 'justice.compliance'] },
  SCHOOL: named,
  EMPLOYER: named,
  LANDLORD: named,
  PEER: { ...basic, stage1: ['social.interests'] },
  HOSPITAL: hospital,
  NURSING_HOME: hospital,
  OTHER: basic,
};

const mentalHealthNeeds: ReadonlySet<NeedCategory> = new Set([
  'MENTAL_HEALTH_TREATMENT',
  'CRISIS_STABILISATION',
]);

/** Circumstances that open single rows of the matrix. Source: infra/reference/domain.md 3.8. */
export interface PolicyCircumstances {
  /** Documents are disclosed at stage 1 as the answer to a request for information. */
  infoAnswered?: boolean;
  /** The agency must know who it is before deciding, and the consent says so. */
  identityBeforeDecision?: boolean;
  /** Accepted once and closed no more than 30 days ago: the name stays. */
  nameAfterClosure?: boolean;
}

/**
 * The fields that an agency of this type needs at this stage, before the consent is considered: minimum
 * necessary. Notes, internal notes, other referrals of the request, risk tier, other agencies and the care team
 * are in no row. Source: infra/reference/domain.md 3.8; 45 CFR 164.502(b); 42 CFR 2.13(a).
 */
export function releasableFields(
  agencyType: AgencyType,
  stage: VisibilityStage,
  needCategory: NeedCategory,
  circumstances: PolicyCircumstances = {},
): readonly FieldName[] {
  const policy = policies[agencyType];
  switch (stage) {
    case 'NONE':
      return [];
    case 'TOMBSTONE':
      return tombstone;
    case 'CLOSED':
      return [
        ...envelope,
        'referral.outcome',
        ...(circumstances.nameAfterClosure ? (['person.name'] as const) : []),
      ];
    case 1:
      return stage1Fields(policy, circumstances);
    case 2:
      return stage2Fields(policy, needCategory);
  }
}

function stage1Fields(
  policy: AgencyPolicy,
  { infoAnswered, identityBeforeDecision }: PolicyCircumstances,
): FieldName[] {
  const early = policy.identity.filter((field) => field === 'person.name' || field === 'person.dateOfBirth');
  return [
    ...envelope,
    ...(policy.common ? coarse : []),
    ...policy.stage1,
    ...(policy.common && infoAnswered ? (['eligibility.documents'] as const) : []),
    ...(identityBeforeDecision ? early : []),
  ];
}

function stage2Fields(policy: AgencyPolicy, needCategory: NeedCategory): FieldName[] {
  return [
    ...envelope,
    ...(policy.common ? [...coarse, 'need.reasonText' as const, 'eligibility.documents' as const] : []),
    ...policy.stage1,
    ...policy.identity,
    ...policy.stage2,
    ...(mentalHealthNeeds.has(needCategory) ? policy.mentalHealth : []),
  ];
}
