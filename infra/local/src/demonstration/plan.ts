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

export interface StaffPlan {
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

export interface RegistrationPlan {
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
  episode: EpisodePlan | null;
  screenings: ScreeningPlan[];
  carePlan: CarePlanPlan | null;
  consents: ConsentPlan[];
  referrals: ReferralPlan[];
}

export interface EpisodePlan {
  start: { kind: string; phase: string; referralSource: string; dateOfFirstContact: string };
  /** Phases after the first, in order. */
  phases: string[];
  end: { dischargeType: string; endReason: string } | null;
}

export interface ScreeningPlan {
  instrument: string;
  answers: { item: number; value: number }[];
  mode: string;
  language: string;
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
