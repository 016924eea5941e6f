import type { AgencyType, NeedCategory } from '@throughline/privacy';
import type {
  CapacityView,
  InsuranceType,
  IntakeMode,
  ServiceStatus,
} from '../directory-service/directory-service.ts';

export type CounselorGender = 'FEMALE' | 'MALE' | 'NONBINARY' | 'ANY';
export type Modality = 'IN_PERSON' | 'TELEHEALTH' | 'PHONE' | 'GROUP' | 'INDIVIDUAL';

/** What is known of a service when it is compared with a person's situation. */
export interface Candidate {
  serviceId: string;
  name: string;
  status: ServiceStatus;
  acceptsReferrals: boolean;
  intakeMode: IntakeMode;
  agencyType: AgencyType;
  agencyId: string;
  agencyIsActive: boolean;
  hasAgreement: boolean;
  needCategories: readonly NeedCategory[];
  minimumAge: number | null;
  maximumAge: number | null;
  /** The directory has free text about eligibility: a person must read it. */
  hasEligibilityText: boolean;
  /** BCP 47 tags; empty: not published. */
  languages: readonly string[];
  offersInterpretation: boolean;
  places: readonly Place[];
  /** Names of the areas served; empty: not published. */
  areas: readonly string[];
  isAccessible: boolean | null;
  /** Codes; empty: not published. */
  insuranceAccepted: readonly InsuranceType[];
  /** Codes, for example WOMEN_ONLY or NO_SEX_OFFENSE; empty: everybody. */
  accessConditions: readonly string[];
  capacity: CapacityView;
  /** Nobody confirmed the entry for 180 days. */
  assuranceIsStale: boolean;
  /** What the entry says in words, folded: name and description. */
  words: string;
  /** Closed referrals to it, and how many of them met the need. */
  past: { closed: number; resolved: number };
}

export interface Place {
  latitude: number | null;
  longitude: number | null;
  postalCode: string | null;
  county: string | null;
  city: string | null;
}

/** Situation of a person, as far as it matters for the choice; nothing that identifies the person. */
export interface Situation {
  needCategory: NeedCategory;
  ageYears: number | null;
  language: string | null;
  interpreterNeeded: boolean;
  accessibilityNeeded: boolean;
  county: string | null;
  postalCode: string | null;
  /** Where the person is, or the middle of the postal code. */
  position: { latitude: number; longitude: number } | null;
  /** Greatest distance; null: no limit. */
  maximumDistanceKm: number | null;
  insurance: InsuranceType | null;
  /** Codes of access conditions that the person meets, for example WOMEN_ONLY. */
  meetsConditions: readonly string[];
  /** Agencies that are not safe for this person, for example because somebody who harms them works there. */
  unsafeAgencyIds: readonly string[];
  agencyTypes: readonly AgencyType[];
  preferences: {
    agencyTypes: readonly AgencyType[];
    intakeModes: readonly IntakeMode[];
    withinKm: number | null;
    serviceIds: readonly string[];
    counselorGender: CounselorGender | null;
    /** What matters from the culture and the faith, in the words of the person. */
    cultural: string | null;
    faith: string | null;
    modalities: readonly Modality[];
  };
  /** False: also show services without an agreement, for a hand-over by the person's own hand. */
  agreementNeeded: boolean;
}
