import type { ProfilePlan } from './workforce.ts';
import type { AgencyType, DataLabel, NeedCategory, Purpose, ReferralStatus } from '@throughline/privacy';

/** Everything that is going to be loaded, as plain data: what the services' own commands take as input. */
export interface DemonstrationPlan {
  seed: string;
  /** The day on which everything happens; ages and dates to come are counted from it. */
  today: string;
  staff: StaffPlan[];
  directory: DirectoryPlan;
  clients: ClientPlan[];
}

export interface StaffPlan extends ProfilePlan {
  id: string;
  name: string;
  email: string;
  roles: string[];
  supervisorId?: string;
  languages: string[];
  specialties: string[];
  timeZone: string;
}

/** One row of a table of the directory; `initial` is what the program knows in addition to the published entry. */
export interface DirectoryRowPlan {
  id: string;
  data: Record<string, unknown>;
  initial?: Record<string, unknown>;
}

export interface DirectoryPlan {
  source: string;
  agencies: AgencyPlan[];
  services: ServicePlan[];
  /** Rows by table, in the order in which they are written. */
  tables: [table: string, rows: DirectoryRowPlan[]][];
}

export interface AgencyPlan {
  id: string;
  name: string;
  type: AgencyType;
}

export interface ServicePlan {
  id: string;
  agencyId: string;
  agencyType: AgencyType;
  needs: NeedCategory[];
  ages: { from: number; to: number | null };
}

export interface NeedPlan {
  category: NeedCategory;
  clientRank: number;
  priority: number;
  source: string;
}

/** The person in their environment, as `registerClient` takes it. */
export interface EnvironmentPlan {
  voicemailName: string | null;
  strengths: string[];
  preferences: Record<string, unknown>;
  addresses: { kind: string; lines: string[]; city: string; isHidden?: boolean }[];
  livingSituationSince: string;
  coverages: Record<string, unknown>[];
  custody?: { facility: string; releaseOn: string };
  careSetting?: string;
  veteranStatus?: string;
  externalIds?: { system: string; value: string }[];
}

/** Somebody around the person, as `addSupportPerson` takes it. */
export interface SupportPlan {
  name: string;
  relation: string;
  contactPoints?: { kind: string; value: string }[];
  isGuardian?: boolean;
  isEmergencyContact?: boolean;
  livesWithClient?: boolean;
  isRestricted?: boolean;
  restrictionNote?: string;
}

export interface RegistrationPlan extends EnvironmentPlan {
  legalName: string;
  nameToUse?: string;
  pronouns: string;
  dateOfBirth: string;
  preferredLanguage: string;
  interpreterNeeded: boolean;
  populations: string[];
  contactPoints: { kind: 'PHONE' | 'EMAIL'; value: string; label?: string }[];
  safeContact: Record<string, unknown>;
  safeAddress: boolean;
  livingSituation: string;
  householdSize: number;
  insuranceType: string;
  county: string;
  postalCode: string;
  accessibilityNeeds: string[];
  consentAuthority: string;
  needs: NeedPlan[];
}

export interface ClientPlan {
  /** Stable name of the person within the seed; keys of idempotency are made from it. */
  key: string;
  caseManagerId: string;
  age: number;
  registration: RegistrationPlan;
  support: SupportPlan[];
  /** Key of an earlier client with whom the person lives. */
  livesWith: string | null;
  episode: EpisodePlan | null;
  screenings: ScreeningPlan[];
  clinical: ClinicalPlan | null;
  carePlan: CarePlanPlan | null;
  consents: ConsentPlan[];
  referrals: ReferralPlan[];
  casework: CaseworkPlan;
  notes: NotePlan[];
  documents: DocumentPlan[];
}

/** A file as `addDocument` takes it, and what stands on its page. */
export interface DocumentPlan {
  class: string;
  title: string;
  lines: string[];
}

/** A progress note as `saveNoteDraft` takes it. */
export interface NotePlan {
  draft: { kind: string; narrative: string; occurredOn: string; withoutGoal: string };
  /** Left a draft otherwise. */
  signed: boolean;
}

/** A contact as `logContact` takes it. */
export interface ContactPlan {
  at: string;
  channel: string;
  reached: boolean;
  purpose: string;
  minutes?: number;
  summary?: string;
  labels?: DataLabel[];
}

/** One command on a case, and the state that it leads to. */
export interface CaseStepPlan {
  command: string;
  input: Record<string, unknown>;
  to: string;
}

/** How a case went on since it was opened. */
export interface CaseworkPlan {
  /** Left out, the case begins with the assessment. */
  startsWith?: 'SCREENING';
  openedOn: string;
  contacts: ContactPlan[];
  steps: CaseStepPlan[];
}

export interface HospitalPlan {
  admission: Record<string, unknown>;
  discharge: Record<string, unknown>;
  /** The way to the next place: taken over, or nobody there has said that the person came. */
  transition: { plan: Record<string, unknown>; arrivedAt: string | null } | null;
  /** The visit that follows in time; left out, nobody made one. */
  visit: Record<string, unknown> | null;
  /** The return to hospital a few days later. */
  readmission: Record<string, unknown> | null;
  /** Days ago of conversations and of attempts after the discharge. */
  contacts: { reached: number[]; failed: number[] };
}

export interface EpisodePlan {
  start: { kind: string; phase: string; referralSource: string; dateOfFirstContact: string };
  /** Phases after the first, in order. */
  phases: string[];
  /** Hospital care that is over, and what came after it; each row is the input of one mutation. */
  hospital: HospitalPlan | null;
  end: { dischargeType: string; endReason: string } | null;
}

/** Clinical records; each row is the input of one mutation. */
export interface ClinicalPlan {
  diagnoses: { code: string; basis: string; reportedFrom: string }[];
  substances: Record<string, unknown>[];
  medications: {
    name: string;
    purpose: string;
    startedOn: string;
    supplies: { suppliedOn: string; days: number }[];
  }[];
  supports: { item: string; state: string; nextStep?: string }[];
}

export interface ScreeningPlan {
  instrument: string;
  answers: { item: number; value: number }[];
  mode: string;
  language: string;
  /** Days before the load on which it was answered. */
  daysAgo: number;
}

export interface GoalPlan {
  /** Position of the need in the registration. */
  needIndex: number;
  domain: string;
  statementInClientWords?: string;
  measure?: { metric: string; baseline: number; target: number; unit: string };
  dueOn?: string;
  /** Only a whole goal can be. */
  active: boolean;
}

export interface CarePlanPlan {
  active: boolean;
  /** Days before the load on which it went into force; its first review is due after 30. */
  daysAgo: number;
  goals: GoalPlan[];
}

export interface ConsentPlan {
  key: string;
  agencyId: string;
  categories: DataLabel[];
  purposes: Purpose[];
  expiresOn: string;
  signers: { by: string; capacity: string; authorityDocId?: string }[];
  /** Revoked at the very end, after what was sent under it. */
  revoked: boolean;
}

export type StepActor = 'CASE_MANAGER' | 'SUPERVISOR' | 'PARTNER' | 'TIMER';

export interface ReferralStepPlan {
  by: StepActor;
  /** Name of the mutation; `expire` is the timer's. */
  command: string;
  input: Record<string, unknown>;
  to: ReferralStatus;
}

export interface ReferralPlan {
  key: string;
  needIndex: number;
  agencyId: string;
  serviceId: string;
  matchScore: number;
  priority: string;
  reasonText: string;
  /** The steps from the draft on; none for a referral that stays one. */
  steps: ReferralStepPlan[];
  status: ReferralStatus;
}
