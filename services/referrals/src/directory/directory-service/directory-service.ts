import type { InputIssue } from '@throughline/graphql/problems';
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
  /** Day on which somebody last confirmed the entry. */
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
 * Capacity of a service: UNKNOWN when it was reported more than 24 hours ago (beds) or 7 days ago (everything
 * else). Source: infra/reference/domain.md 2.5.
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

/**
 * Nobody confirmed the entry within 180 days, or the date is unknown. Source: infra/reference/domain.md 2.5.
 */
export function assuranceIsStale({ assuredDate }: Pick<Service, 'assuredDate'>, now: Date): boolean {
  return assuredDate === null || assuredDate < addDays(dayIn('UTC', now), -180);
}

/** Report of an agency to a member of staff. */
export interface ToldCapacity {
  code: CapacityCode | 'UNKNOWN';
  available?: number | null | undefined;
  maximum?: number | null | undefined;
  unit?: string | null | undefined;
  expectedWaitDays?: number | null | undefined;
}

export function recordCapacity(service: Service, told: ToldCapacity, now: Date): Service {
  return {
    ...service,
    capacityCode: told.code === 'UNKNOWN' ? null : told.code,
    capacityAvailable: told.available ?? null,
    capacityMaximum: told.maximum ?? service.capacityMaximum,
    capacityUnit: told.unit ?? service.capacityUnit,
    capacityUpdatedAt: now,
    expectedWaitDays: told.expectedWaitDays ?? null,
  };
}

/** Every fault of a report by itself: UNKNOWN, more free places than places, a code that its figures contradict. */
export function capacityFaults({ code, available, maximum }: ToldCapacity): InputIssue[] {
  const issues: InputIssue[] = [];
  if (code === 'UNKNOWN') {
    const message = 'UNKNOWN is shown when nobody has told; it cannot be reported.';
    issues.push({ path: 'code', code: 'NOT_REPORTABLE', message });
  }
  if (typeof available === 'number' && typeof maximum === 'number' && available > maximum) {
    const message = 'There cannot be more free places than places.';
    issues.push({ path: 'available', code: 'ABOVE_MAXIMUM', message });
  }
  const isFull = code === 'NO_CAPACITY' || code === 'WAITLIST';
  if ((isFull && (available ?? 0) > 0) || (code === 'CAPACITY' && available === 0)) {
    const message = `The number of free places contradicts ${code}.`;
    issues.push({ path: 'available', code: 'CONTRADICTION', message });
  }
  return issues;
}
