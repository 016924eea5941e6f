import type { FieldName } from '@throughline/privacy';
import type { Service } from '../../directory/directory-service/directory-service.ts';
import type { ReleaseBasis, Snapshot } from '../consent/release-basis.ts';
import type { Outcome, Referral } from '../referral/referral.ts';

/** What the fields of a partner's answer are read from. */
export interface AnswerSource {
  referral: Referral;
  service: Pick<Service, 'id' | 'name'>;
  basis: ReleaseBasis | 'UNVERIFIABLE';
}

interface AnswerField<Value> {
  /** The field of the policy that opens it. */
  opens: FieldName;
  value: (source: AnswerSource) => Value | null;
}

const field = <Value>(opens: FieldName, value: AnswerField<Value>['value']): AnswerField<Value> => ({
  opens,
  value,
});
const ofReferral = <Name extends keyof Referral>(opens: FieldName, name: Name) =>
  field<NonNullable<Referral[Name]>>(opens, ({ referral }) => referral[name] ?? null);
const ofPerson = <Name extends keyof Snapshot>(opens: FieldName, name: Name) =>
  field<NonNullable<Snapshot[Name]>>(opens, ({ basis }) =>
    basis === 'UNVERIFIABLE' ? null : (basis.snapshot[name] ?? null),
  );

/**
 * Each field of a partner's answer that carries something, where its value comes from, and what opens it. The answer and
 * the ledger both read this table, so the ledger cannot list what was never released.
 * Source: infra/reference/domain.md 3.7 check 12, 3.8
 */
export const answerFields = {
  id: ofReferral('referral.id', 'id'),
  status: ofReferral('referral.status', 'status'),
  priority: ofReferral('referral.priority', 'priority'),
  receivedAt: ofReferral('referral.dates', 'sentAt'),
  decideBy: ofReferral('referral.dates', 'decideBy'),
  startsAt: ofReferral('referral.dates', 'startsAt'),
  closedAt: ofReferral('referral.dates', 'closedAt'),
  service: field('referral.requestedService', ({ service: { id, name } }) => ({ id, name })),
  needCategory: ofReferral('need.category', 'needCategory'),
  reasonText: ofReferral('need.reasonText', 'reasonText'),
  answer: ofReferral('eligibility.documents', 'answer'),
  outcome: field('referral.outcome', outcomeOf),
  // As soon as the agency knows the person: before that there is nobody to contact.
  contactProhibited: field('person.name', ({ basis }) =>
    basis === 'UNVERIFIABLE' ? null : basis.privacy.contactProhibited,
  ),
  'person.name': ofPerson('person.name', 'nameToUse'),
  'person.legalName': ofPerson('person.name', 'legalName'),
  'person.pronouns': ofPerson('person.name', 'pronouns'),
  'person.dateOfBirth': ofPerson('person.dateOfBirth', 'dateOfBirth'),
  'person.ageBand': ofPerson('person.ageBand', 'ageBand'),
  'person.county': ofPerson('person.county', 'county'),
  'person.zip3': ofPerson('person.zip3', 'zip3'),
  'person.language': ofPerson('person.language', 'language'),
  'person.interpreterNeeded': ofPerson('person.interpreterNeeded', 'interpreterNeeded'),
  'person.householdSize': ofPerson('person.householdSize', 'householdSize'),
  'person.insuranceType': ofPerson('person.insuranceType', 'insuranceType'),
  'person.accessibility': ofPerson('person.accessibility', 'accessibility'),
  'person.livingSituation': ofPerson('social.livingSituation', 'livingSituation'),
  'person.phone': ofPerson('person.phone', 'phone'),
  'person.safeContact': ofPerson('person.safeContact', 'safeContact'),
};

/** Name of a field of a partner's answer; a field of the person has its path. */
export type AnswerFieldName = keyof typeof answerFields;

/** All names, in the order of the table. */
export const answerFieldNames = Object.keys(answerFields) as AnswerFieldName[];

/** The fields of the policy that have a value on record, among those that are asked for. */
export function fieldsOnRecord(source: AnswerSource, asked: Iterable<AnswerFieldName>): FieldName[] {
  const held = [...asked].filter((name) => answerFields[name].value(source) !== null);
  return [...new Set(held.map((name) => answerFields[name].opens))];
}

/** Outcome. Text that staff wrote when they recorded it for the agency is not shown. */
function outcomeOf({ referral: { outcome } }: AnswerSource): Outcome | null {
  return outcome?.attestedSource ? { ...outcome, note: null } : outcome;
}
