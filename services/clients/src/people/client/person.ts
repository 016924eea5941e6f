import type { CareSetting } from '../../workforce/case-manager/whom-and-where.ts';

/** What a program asks of a person in addition to names and contact. Source: infra/reference/domain.md 8.3. */
export type Sex = 'FEMALE' | 'MALE' | 'INTERSEX' | 'UNKNOWN' | 'DECLINED';
export type Employment =
  'FULL_TIME' | 'PART_TIME' | 'LOOKING' | 'STUDENT' | 'RETIRED' | 'UNABLE' | 'NOT_LOOKING' | 'UNKNOWN';
export type YesNoUnknown = 'YES' | 'NO' | 'UNKNOWN';
export type AddressKind = 'HOME' | 'MAILING' | 'TEMPORARY' | 'SHELTER' | 'OUTREACH' | 'WORK' | 'SCHOOL';
export type Modality = 'IN_PERSON' | 'TELEHEALTH' | 'PHONE' | 'GROUP' | 'INDIVIDUAL';
export type CounselorGender = 'FEMALE' | 'MALE' | 'NONBINARY' | 'ANY';

export interface Address {
  kind: AddressKind;
  lines: string[];
  city: string | null;
  state: string | null;
  postalCode: string | null;
  /** Known to the people who work with the client, and to nobody else. */
  isHidden: boolean;
}

export interface Coverage {
  type: string;
  payer: string | null;
  memberId: string | null;
  /** YYYY-MM-DD, both days included. */
  startsOn: string | null;
  endsOn: string | null;
}

export interface Preferences {
  contactTimes: string | null;
  counselorGender: CounselorGender | null;
  cultural: string | null;
  faith: string | null;
  modalities: Modality[];
  maximumDistanceKm: number | null;
}

export interface ExternalId {
  system: string;
  value: string;
}

export interface Custody {
  facility: string | null;
  /** YYYY-MM-DD; past or to come; null while it is not known. */
  releaseOn: string | null;
}

/** Everything of `PersonalRecord` that describes the person in their environment. */
export interface Person {
  otherNames: string[];
  voicemailName: string | null;
  /** Counts only while the day of birth is not known. */
  birthYear: number | null;
  sex: Sex | null;
  genderIdentity: string | null;
  race: string[];
  ethnicity: string | null;
  tribalAffiliation: string | null;
  veteranStatus: YesNoUnknown | null;
  employment: Employment | null;
  monthlyIncome: number | null;
  addresses: Address[];
  /** YYYY-MM-DD: since when the person lives as `livingSituation` says. */
  livingSituationSince: string | null;
  coverages: Coverage[];
  strengths: string[];
  preferences: Preferences;
  externalIds: ExternalId[];
  careSetting: CareSetting | null;
  custody: Custody | null;
}

export const noPreferences: Preferences = {
  contactTimes: null,
  counselorGender: null,
  cultural: null,
  faith: null,
  modalities: [],
  maximumDistanceKm: null,
};

export const unknownPerson: Person = {
  otherNames: [],
  voicemailName: null,
  birthYear: null,
  sex: null,
  genderIdentity: null,
  race: [],
  ethnicity: null,
  tribalAffiliation: null,
  veteranStatus: null,
  employment: null,
  monthlyIncome: null,
  addresses: [],
  livingSituationSince: null,
  coverages: [],
  strengths: [],
  preferences: noPreferences,
  externalIds: [],
  careSetting: null,
  custody: null,
};
