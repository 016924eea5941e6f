import type { NeedCategory } from '@throughline/privacy';

export type ServiceStatus = 'ACTIVE' | 'INACTIVE' | 'DEFUNCT' | 'TEMPORARILY_CLOSED';
export type SensitiveCategory = 'SUD' | 'MH' | 'IPV' | 'HIV';
export type CapacityCode = 'CAPACITY' | 'NO_CAPACITY' | 'WAITLIST' | 'ADDITIONAL_ASSESSMENT_REQUIRED';
export type IntakeMode = 'DIRECT' | 'CALL' | 'WALK_IN' | 'ASSESSMENT_FIRST';

/** What an agency offers (HSDS service) and what the program knows beside it. */
export interface Service {
  id: string;
  agencyId: string;
  name: string;
  alternateName: string | null;
  description: string | null;
  url: string | null;
  email: string | null;
  status: ServiceStatus;
  acceptsReferrals: boolean;
  intakeMode: IntakeMode;
  needCategories: NeedCategory[];
  sensitiveCategory: SensitiveCategory | null;
  eligibilityDescription: string | null;
  /** Years, inclusive; null when the directory does not say. */
  minimumAge: number | null;
  maximumAge: number | null;
  interpretationServices: string | null;
  applicationProcess: string | null;
  feesDescription: string | null;
  waitTime: string | null;
  insuranceAccepted: string[];
  accessConditions: string[];
  /** The day on which somebody last vouched for the entry. */
  assuredDate: string | null;
  capacityCode: CapacityCode | null;
  capacityAvailable: number | null;
  capacityMaximum: number | null;
  /** For example "bed"; decides how soon the figure is stale. */
  capacityUnit: string | null;
  capacityUpdatedAt: Date | null;
  expectedWaitDays: number | null;
  version: number;
}
