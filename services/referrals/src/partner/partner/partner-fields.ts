import type { DenyCode, FieldName } from '@throughline/privacy';
import type { Outcome } from '../../referral/referral/referral.ts';
import { isBlind, shows, type PartnerView } from './partner-view.ts';

/** Which field of the policy opens which field of the graph. */
const opens = {
  priority: 'referral.priority',
  receivedAt: 'referral.dates',
  service: 'referral.requestedService',
  needCategory: 'need.category',
  reasonText: 'need.reasonText',
  answer: 'eligibility.documents',
  outcome: 'referral.outcome',
  'person.name': 'person.name',
  'person.dateOfBirth': 'person.dateOfBirth',
  'person.ageBand': 'person.ageBand',
  'person.county': 'person.county',
  'person.zip3': 'person.zip3',
  'person.language': 'person.language',
  'person.interpreterNeeded': 'person.interpreterNeeded',
  'person.householdSize': 'person.householdSize',
  'person.insuranceType': 'person.insuranceType',
  'person.accessibility': 'person.accessibility',
  'person.livingSituation': 'social.livingSituation',
  'person.phone': 'person.phone',
  'person.safeContact': 'person.safeContact',
} as const satisfies Record<string, FieldName>;

export interface Access {
  field: string;
  allowed: boolean;
  reason: string;
}

/** Every field that depends on consent, stage and need, with the reason when it is withheld. */
export function accessOf(view: PartnerView): Access[] {
  const { decision } = view;
  const denied = new Map(decision.denied.map(({ field, code }) => [field, code]));
  const general = decision.kind === 'DENY' ? decision.codes[0] : undefined;
  return Object.entries(opens).map(([field, name]) => {
    const allowed = shows(view, name);
    return { field, allowed, reason: allowed ? 'OK' : reasonShown(denied.get(name) ?? general) };
  });
}

/** A protected address, a blocked agency and a restriction are themselves information about the person. */
const untold: ReadonlySet<string> = new Set<DenyCode>(['SAFETY_BLOCK', 'RESTRICTED']);

function reasonShown(code: DenyCode | undefined): DenyCode {
  return code === undefined || untold.has(code) ? 'MIN_NECESSARY' : code;
}

/** Outcome. Text that staff wrote when they recorded it for the agency is not shown. */
export function outcomeOf(view: PartnerView): Outcome | null {
  const { outcome } = view.referral;
  if (!outcome || !shows(view, 'referral.outcome')) return null;
  return outcome.attestedSource ? { ...outcome, note: null } : outcome;
}

/** The person, field by field; null when there is nothing to show. */
export function personOf(view: PartnerView) {
  const { basis } = view;
  if (isBlind(view) || basis === 'UNVERIFIABLE') return null;
  const { snapshot } = basis;
  const when = <Value>(field: FieldName, value: Value): Value | null => (shows(view, field) ? value : null);
  const person = {
    name: when('person.name', snapshot.nameToUse),
    legalName: when('person.name', snapshot.legalName),
    pronouns: when('person.name', snapshot.pronouns),
    dateOfBirth: when('person.dateOfBirth', snapshot.dateOfBirth),
    ageBand: when('person.ageBand', snapshot.ageBand),
    county: when('person.county', snapshot.county),
    zip3: when('person.zip3', snapshot.zip3),
    language: when('person.language', snapshot.language),
    interpreterNeeded: when('person.interpreterNeeded', snapshot.interpreterNeeded),
    householdSize: when('person.householdSize', snapshot.householdSize),
    insuranceType: when('person.insuranceType', snapshot.insuranceType),
    accessibility: when('person.accessibility', snapshot.accessibility),
    livingSituation: when('social.livingSituation', snapshot.livingSituation),
    phone: when('person.phone', snapshot.phone),
    safeContact: when('person.safeContact', snapshot.safeContact),
  };
  return Object.values(person).some((value) => value !== null) ? person : null;
}
