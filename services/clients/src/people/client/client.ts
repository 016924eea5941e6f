import { isDeepStrictEqual } from 'node:util';
import type { Change } from '@throughline/command/decision';
import {
  clientRegistered,
  clientRestrictionChanged,
  clientUpdated,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { today, yearsBetween, type ConsentAuthority, type Moment } from '@throughline/privacy';
import { unknownPerson, type Person } from './person.ts';
import type { PopulationGroup } from '../../workforce/case-manager/whom-and-where.ts';
import { strataFact, strataFields } from './strata.ts';

export type ClientStatus = 'ACTIVE' | 'CLOSED' | 'DECEASED';
export type AgeBand =
  | 'AGE_0_12'
  | 'AGE_13_17'
  | 'AGE_18_24'
  | 'AGE_25_34'
  | 'AGE_35_44'
  | 'AGE_45_54'
  | 'AGE_55_64'
  | 'AGE_65_PLUS';
export type InsuranceType =
  'UNINSURED' | 'MEDICAID' | 'MEDICARE' | 'DUAL_ELIGIBLE' | 'PRIVATE' | 'VETERANS' | 'OTHER' | 'UNKNOWN';
export type ContactMethod = 'CALL' | 'TEXT' | 'EMAIL' | 'IN_PERSON' | 'MAIL';

export interface ContactPoint {
  kind: 'PHONE' | 'EMAIL';
  value: string;
  label: string | null;
  /** Digits to dial after the number. */
  extension: string | null;
}

export interface SafeContact {
  contactProhibited: boolean;
  allowedMethods: ContactMethod[];
  leaveMessageOk: boolean;
  mayMentionProgram: boolean;
  safeTimes: string | null;
  instructions: string | null;
}

/** The part of a Client that staff records; the system sets the rest. */
export interface PersonalRecord extends Person {
  legalName: string;
  nameToUse: string | null;
  pronouns: string | null;
  /** YYYY-MM-DD */
  dateOfBirth: string | null;
  /** Counts only while the date of birth is not known. */
  statedAgeBand: AgeBand | null;
  preferredLanguage: string | null;
  interpreterNeeded: boolean;
  populations: PopulationGroup[];
  contactPoints: ContactPoint[];
  safeContact: SafeContact;
  safeAddress: boolean;
  blockedAgencyIds: string[];
  /** HUD HMIS code. Source: infra/reference/domain.md 7.2. */
  livingSituation: string | null;
  householdSize: number | null;
  insuranceType: InsuranceType | null;
  county: string | null;
  postalCode: string | null;
  accessibilityNeeds: string[];
  consentAuthority: ConsentAuthority;
}

export interface Client extends PersonalRecord {
  id: string;
  caseNumber: string;
  status: ClientStatus;
  livingSituationAsOf: Date | null;
  restrictAll: boolean;
  /** Day on which the person died; null when it is not known. */
  deceasedOn: string | null;
  registeredAt: Date;
  registeredBy: string;
  version: number;
}

/** When nothing is stated: no message is left and the program is not named. */
export const unstatedContact: SafeContact = {
  contactProhibited: false,
  allowedMethods: [],
  leaveMessageOk: false,
  mayMentionProgram: false,
  safeTimes: null,
  instructions: null,
};

/** A record with nothing but a name: a person without documents can be registered, too. */
export function emptyRecord(legalName: string): PersonalRecord {
  return {
    ...unknownPerson,
    legalName,
    nameToUse: null,
    pronouns: null,
    dateOfBirth: null,
    statedAgeBand: null,
    preferredLanguage: null,
    interpreterNeeded: false,
    populations: [],
    contactPoints: [],
    safeContact: unstatedContact,
    safeAddress: false,
    blockedAgencyIds: [],
    livingSituation: null,
    householdSize: null,
    insuranceType: null,
    county: null,
    postalCode: null,
    accessibilityNeeds: [],
    consentAuthority: 'SELF',
  };
}

/** A new client. `record` has no faults. */
export function register(
  record: PersonalRecord,
  by: { staffId: string; caseNumber: string },
  now: Date,
): { client: Client; facts: Fact[] } {
  const client: Client = {
    ...record,
    id: uuidV7(now),
    caseNumber: by.caseNumber,
    status: 'ACTIVE',
    livingSituationAsOf: record.livingSituation ? now : null,
    restrictAll: false,
    deceasedOn: null,
    registeredAt: now,
    registeredBy: by.staffId,
    version: 1,
  };
  const { id: clientId } = client;
  const registered = clientRegistered.of(clientId, now, { clientId });
  const blocks = client.blockedAgencyIds.length > 0;
  const facts = [registered, strataFact(client, now)];
  return { client, facts: blocks ? [...facts, restrictionFact(client, now)] : facts };
}

/**
 * Changes the fields that differ. The fact has the names of the fields and never their values. `changes` have
 * no faults.
 */
export function amend(client: Client, changes: Partial<PersonalRecord>, now: Date): Change<never, Client> {
  const differs = (field: string) =>
    !isDeepStrictEqual(client[field as keyof Client], changes[field as 'county']);
  const changedFields = Object.keys(changes).filter(differs).sort();
  const update: Client = { ...client, ...changes };
  if (changedFields.includes('livingSituation'))
    update.livingSituationAsOf = changes.livingSituation ? now : null;
  const { id: clientId, version } = client;
  const updated = clientUpdated.of(clientId, now, { clientId, changedFields, version: version + 1 });
  const facts = [
    updated,
    ...(changedFields.includes('blockedAgencyIds') ? [restrictionFact(update, now)] : []),
    ...(changedFields.some((field) => strataFields.includes(field)) ? [strataFact(update, now)] : []),
  ];
  return { update, facts };
}

/** Stops all disclosure, or lets consents count again. Source: 45 CFR 164.522; 42 CFR 2.26. */
export function restrict(client: Client, restrictAll: boolean, now: Date): Change<never, Client> {
  const update = { ...client, restrictAll };
  return { update, facts: [restrictionFact(update, now)] };
}

/** What may not leave, for other services. */
export function restrictionFact({ id: clientId, restrictAll, blockedAgencyIds }: Client, now: Date): Fact {
  return clientRestrictionChanged.of(clientId, now, { clientId, restrictAll, blockedAgencyIds });
}

/** What is known of the age of a person. */
export type Age = Pick<PersonalRecord, 'dateOfBirth' | 'birthYear' | 'statedAgeBand'>;

/**
 * The day of birth to count with. Of a year alone it is the last day, so that nobody counts as of age who may not be;
 * null when not even the year is known.
 */
export function birthdayOf({ dateOfBirth, birthYear }: Age): string | null {
  return dateOfBirth ?? (birthYear === null ? null : `${birthYear}-12-31`);
}

/** Age in completed years today, in the time zone of the program, as a band; as stated when no birth is known. */
export function ageBandOf(age: Age, at: Moment): AgeBand | null {
  const birthday = birthdayOf(age);
  if (!birthday) return age.statedAgeBand;
  const years = birthday > today(at) ? 0 : yearsBetween(birthday, today(at));
  return bands.find(([below]) => years < below)?.[1] ?? 'AGE_65_PLUS';
}

const bands: readonly (readonly [below: number, AgeBand])[] = [
  [13, 'AGE_0_12'],
  [18, 'AGE_13_17'],
  [25, 'AGE_18_24'],
  [35, 'AGE_25_34'],
  [45, 'AGE_35_44'],
  [55, 'AGE_45_54'],
  [65, 'AGE_55_64'],
];
