import type { DataLabel } from './label.ts';
import { labelsOfNeed, type NeedCategory } from './need.ts';

/**
 * Every field that can be asked for, with its own labels. An empty list is the envelope: it needs a consent for
 * recipient and purpose, but no category. Source: infra/reference/domain.md 3.6, 3.8.
 */
const labelsByField = {
  'referral.id': [],
  'referral.status': [],
  'referral.priority': [],
  'referral.dates': [],
  'referral.requestedService': [],
  'referral.outcome': ['SOCIAL'],

  'person.ageBand': ['ID'],
  'person.county': ['ID'],
  'person.zip3': ['ID'],
  'person.language': ['ID'],
  'person.interpreterNeeded': ['ID'],
  'person.householdSize': ['SOCIAL'],
  'person.insuranceType': ['SOCIAL'],
  'person.accessibility': ['SOCIAL'],
  'person.name': ['ID'],
  'person.dateOfBirth': ['ID'],
  'person.phone': ['CONTACT'],
  'person.safeContact': ['CONTACT'],

  'need.category': ['SOCIAL'],
  'need.reasonText': ['SOCIAL'],
  'eligibility.documents': ['SOCIAL'],

  'social.householdComposition': ['SOCIAL'],
  'social.genderPlacementPreference': ['SOCIAL'],
  'social.pets': ['SOCIAL'],
  'social.dateNeeded': ['SOCIAL'],
  'social.incomeBand': ['SOCIAL'],
  'social.documentsHeld': ['SOCIAL'],
  'social.livingSituation': ['SOCIAL'],
  'social.eligibilityFacts': ['SOCIAL'],
  'social.interests': ['SOCIAL'],
  'social.namedFacts': ['SOCIAL'],

  'legal.matterType': ['SOCIAL'],
  'legal.deadline': ['SOCIAL'],
  'legal.opposingParty': ['SOCIAL'],
  'legal.matterSummary': ['SOCIAL'],

  'justice.registryExclusion': ['JUSTICE'],
  'justice.attendance': ['JUSTICE', 'SUD'],
  'justice.compliance': ['JUSTICE', 'SUD'],

  'clinical.urgency': ['HEALTH'],
  'clinical.problemList': ['HEALTH'],
  'clinical.diagnoses': ['HEALTH'],
  'clinical.medications': ['HEALTH'],
  'clinical.allergies': ['HEALTH'],
  'clinical.medicalRisk': ['HEALTH'],
  'clinical.infectiousPrecautions': ['HEALTH'],
  'clinical.dischargePacket': ['HEALTH', 'MH'],
  'clinical.safetyPlan': ['MH'],
  'clinical.mentalHealthDiagnoses': ['MH'],
  'clinical.mentalHealthScreens': ['MH'],
  'clinical.sudDiagnoses': ['SUD'],
  'clinical.sudScreens': ['SUD'],
  'clinical.moud': ['SUD'],
  'clinical.asamRatings': ['SUD'],
  'clinical.levelOfCare': ['SUD'],
  'clinical.levelOfCareRequested': ['SUD'],
  'clinical.substanceClass': ['SUD'],
  'clinical.lastUseDate': ['SUD'],
  'clinical.withdrawalRisk': ['SUD'],
  'clinical.pregnancy': ['HEALTH', 'SUD'],

  'notes.sudCounseling': ['SUD_NOTE'],
  'notes.psychotherapy': ['PSYTHER_NOTE'],
  'internal.note': ['SOCIAL'],
  'internal.siblingReferrals': ['SUD'],
  'internal.riskTier': ['HEALTH'],
  'internal.otherAgencies': ['SUD'],
  'internal.careTeam': ['SUD'],
} as const satisfies Record<string, readonly DataLabel[]>;

/** A field of a referral, the person or the record, as the policy names it. Source: infra/reference/domain.md 3.8. */
export type FieldName = keyof typeof labelsByField;

/** All field names. */
export const fieldNames = Object.keys(labelsByField) as FieldName[];

/** Fields that tell where or how to reach the person. Source: infra/reference/domain.md 3.7 check 5. */
export const contactFields: ReadonlySet<FieldName> = new Set(['person.phone', 'person.safeContact']);

/** Fields that tell where the person lives. Source: infra/reference/domain.md 3.6 (IPV safe address). */
export const placeFields: ReadonlySet<FieldName> = new Set(['person.county', 'person.zip3']);

const needFields: ReadonlySet<FieldName> = new Set(['need.category', 'need.reasonText', 'referral.outcome']);

/**
 * The labels of a field; for fields of the need also the labels of the need. Source: infra/reference/domain.md
 * 3.6.
 */
export function labelsOfField(field: FieldName, needCategory: NeedCategory): readonly DataLabel[] {
  return needFields.has(field)
    ? [...labelsByField[field], ...labelsOfNeed(needCategory)]
    : labelsByField[field];
}
