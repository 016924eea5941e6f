import { addDays, dayIn, type NeedCategory } from '@throughline/privacy';

export type ServiceStatus = 'ACTIVE' | 'INACTIVE' | 'DEFUNCT' | 'TEMPORARILY_CLOSED';
export type SensitiveCategory = 'SUD' | 'MH' | 'IPV' | 'HIV';
export type CapacityCode = 'CAPACITY' | 'NO_CAPACITY' | 'WAITLIST' | 'ADDITIONAL_ASSESSMENT_REQUIRED';
export type IntakeMode = 'DIRECT' | 'CALL' | 'WALK_IN' | 'ASSESSMENT_FIRST';

/** How care is paid; the same codes as in the clients service. */
export type InsuranceType =
  'UNINSURED' | 'MEDICAID' | 'MEDICARE' | 'DUAL_ELIGIBLE' | 'PRIVATE' | 'VETERANS' | 'OTHER' | 'UNKNOWN';

/** What an agency offers (HSDS service) and what the program knows in addition. */
export interface Service {
  id: string;
  agencyId: string;
  name: string;
  alternateName: string | null;
  description: string | null;
  url: string | null;
  /** Further web addresses as published, or ids of them. */
  additionalLinks: string | null;
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
  insuranceAccepted: InsuranceType[];
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

export interface CapacityView {
  code: CapacityCode | 'UNKNOWN';
  available: number | null;
  maximum: number | null;
  unit: string | null;
  updatedAt: Date | null;
  stale: boolean;
  expectedWaitDays: number | null;
}

const hour = 3_600_000;
const day = 24 * hour;

/**
 * How much room a service has, as far as that can be relied on: told more than 24 hours ago (beds) or 7 days ago
 * (anything else), it is UNKNOWN.
 * Source: infra/reference/domain.md 2.5.
 */
export function capacityOf(service: Service, now: Date): CapacityView {
  const { capacityCode, capacityUpdatedAt, capacityUnit } = service;
  const lasts = /^bed/i.test(capacityUnit ?? '') ? 24 * hour : 7 * day;
  const stale = capacityUpdatedAt !== null && now.getTime() - capacityUpdatedAt.getTime() > lasts;
  return {
    code: stale || capacityUpdatedAt === null ? 'UNKNOWN' : (capacityCode ?? 'UNKNOWN'),
    available: service.capacityAvailable,
    maximum: service.capacityMaximum,
    unit: capacityUnit,
    updatedAt: capacityUpdatedAt,
    stale,
    expectedWaitDays: service.expectedWaitDays,
  };
}

/** Nobody vouched for the entry within 180 days, or it is not known when. Source: infra/reference/domain.md 2.5. */
export function assuranceIsStale({ assuredDate }: Pick<Service, 'assuredDate'>, now: Date): boolean {
  return assuredDate === null || assuredDate < addDays(dayIn('UTC', now), -180);
}
